/** One timer for many things that happen at regular intervals: each item has its turn once a round, spread over the round. */
export interface Wheel<T> {
  add(item: T): void;
  delete(item: T): void;
  stop(): void;
}

export interface WheelOptions<T> {
  readonly roundMs: number;
  readonly turns: number;
  readonly visit: (item: T) => void;
}

export function createWheel<T extends object>({ roundMs, turns, visit }: WheelOptions<T>): Wheel<T> {
  const slots = Array.from({ length: turns }, () => new Set<T>());
  let now = 0;
  let next = 0;
  const timer = setInterval(() => {
    now = (now + 1) % turns;
    for (const item of slots[now] ?? []) visit(item);
  }, roundMs / turns);
  timer.unref();
  return {
    add(item) {
      // Those that come together are not visited together, and the first visit is nearly a round away.
      next = (next + 1) % Math.ceil(turns / 4);
      slots[(now + turns - next) % turns]?.add(item);
    },
    delete(item) {
      for (const slot of slots) if (slot.delete(item)) return;
    },
    stop: () => clearInterval(timer),
  };
}
