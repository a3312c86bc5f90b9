/** Groups single requests: those of one turn, and those that come while a group is under way, go together. */
export interface BatchOptions<T, R> {
  /** Answers in the order of the items; one group at a time. */
  readonly run: (items: readonly T[]) => Promise<readonly R[]>;
  /** What an item adds to its group's size. @default 1 each */
  readonly sizeOf?: (item: T) => number;
  readonly maxSize: number;
}

export function createBatch<T, R>({ run, sizeOf = () => 1, maxSize }: BatchOptions<T, R>): (item: T) => Promise<R> {
  interface Waiting {
    readonly item: T;
    readonly resolve: (result: R) => void;
    readonly reject: (error: unknown) => void;
  }
  let queue: Waiting[] = [];
  let isRunning = false;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const group = next();
      try {
        const results = await run(group.map((it) => it.item));
        for (const [index, result] of results.entries()) group[index]?.resolve(result);
      } catch (error) {
        for (const it of group) it.reject(error);
      }
    }
    isRunning = false;
  }

  function next(): Waiting[] {
    let size = 0;
    const end = queue.findIndex((it, index) => {
      size += sizeOf(it.item);
      return size > maxSize && index > 0;
    });
    const group = end === -1 ? queue : queue.slice(0, end);
    queue = end === -1 ? [] : queue.slice(end);
    return group;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      setImmediate(() => void drain());
    });
}
