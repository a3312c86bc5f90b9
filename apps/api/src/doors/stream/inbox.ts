/** What happened and was not sent yet, in order. */
export interface Inbox<T> {
  push(item: T): void;
  /** Waits for the next item; `undefined` once the signal has ended it. */
  next(): Promise<T | undefined>;
}

export function createInbox<T>(signal: AbortSignal | undefined): Inbox<T> {
  const items: T[] = [];
  let wake: ((item: T | undefined) => void) | undefined;
  let isOver = signal?.aborted ?? false;
  signal?.addEventListener(
    "abort",
    () => {
      isOver = true;
      wake?.(undefined);
    },
    { once: true },
  );
  return {
    push(item) {
      if (wake) wake(item);
      else items.push(item);
    },
    next: () =>
      new Promise((resolve) => {
        if (isOver) resolve(undefined);
        else if (items.length > 0) resolve(items.shift());
        else {
          wake = (item) => {
            wake = undefined;
            resolve(item);
          };
        }
      }),
  };
}
