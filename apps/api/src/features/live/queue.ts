export interface Queue<T> {
  push(item: T): void;
  /** Items in the order they came, until `signal` aborts; then it ends by itself. */
  drain(signal: AbortSignal | undefined): AsyncGenerator<T, undefined>;
}

/** Between a listener and a consumer that may be slower. Past `limit`, `merge` makes fewer items of those that wait. */
export function createQueue<T>({ limit, merge }: { readonly limit: number; readonly merge: (items: T[]) => T[] }): Queue<T> {
  let waiting: T[] = [];
  let wake: (() => void) | undefined;

  return {
    push(item) {
      waiting.push(item);
      if (waiting.length > limit) waiting = merge(waiting);
      wake?.();
    },
    async *drain(signal) {
      const aborted = () => wake?.();
      signal?.addEventListener("abort", aborted, { once: true });
      try {
        while (!signal?.aborted) {
          const item = waiting.shift();
          if (item !== undefined) yield item;
          else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            wake = undefined;
          }
        }
      } finally {
        signal?.removeEventListener("abort", aborted);
      }
      return undefined;
    },
  };
}
