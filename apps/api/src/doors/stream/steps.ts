import type { Prepared } from "./prepared.ts";
import type { Step } from "./results.ts";

/** Events by what happened to each flag: contexts of whom the same is to be told get the same bytes. */
export interface StepTree {
  /** The event for these steps, made at their first mention; undefined where all are the same. */
  eventFor(steps: readonly Step[], make: () => Prepared): Prepared | undefined;
}

interface Node {
  readonly next: Map<Step, Node>;
  event: Prepared | undefined;
}

const createNode = (): Node => ({ next: new Map(), event: undefined });

export function createStepTree(): StepTree {
  const root = createNode();
  return {
    eventFor(steps, make) {
      let node = root;
      let isSame = true;
      for (const step of steps) {
        if (step !== "same") isSame = false;
        let next = node.next.get(step);
        if (!next) node.next.set(step, (next = createNode()));
        node = next;
      }
      return isSame ? undefined : (node.event ??= make());
    },
  };
}
