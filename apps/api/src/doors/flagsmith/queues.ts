/** Runs tasks with the same name one after the other. */
export function createQueues() {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run<T>(name: string, task: () => Promise<T>): Promise<T> {
      const before = last.get(name);
      // Whether the one before succeeded is its caller's business.
      const mine = before ? before.then(task, task) : task();
      last.set(name, mine);
      try {
        return await mine;
      } finally {
        if (last.get(name) === mine) last.delete(name);
      }
    },
  };
}
