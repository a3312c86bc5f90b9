import type { FlagsChanges } from "@halyard/contracts";
import type { EnvironmentState } from "../../features/delivery/index.ts";
import { ANY_MARK, Prepared } from "./prepared.ts";
import { createComparison, type Difference, differenceOf, type Step, toDifference } from "./results.ts";
import { createStepTree, type StepTree } from "./steps.ts";
import type { Touched } from "./touched.ts";
import type { IdentifiedViewer } from "./viewer.ts";

/** Where a subscription stands. */
export interface Standing {
  readonly at: EnvironmentState;
  /** The last version the client was told of: quiet ones in between are part of the next event. */
  readonly told: number;
}

/** Tells what a change means for one context after another; those of whom the same is to be told share one event. */
export interface FlagsPass {
  /** Undefined where nothing changed. */
  eventFor(viewer: IdentifiedViewer, standing: Standing): Prepared | undefined;
}

export function createFlagsPass(touched: Touched, after: EnvironmentState): FlagsPass {
  const starts = new Map<EnvironmentState, (viewer: IdentifiedViewer) => readonly Step[]>();
  const trees = new Map<number, StepTree>();
  let last: { readonly viewer: IdentifiedViewer; readonly at: EnvironmentState; readonly steps: readonly Step[] } | undefined;
  const { keys, identifiers } = touched;

  function stepsFrom(before: EnvironmentState, few: readonly string[]): (viewer: IdentifiedViewer) => readonly Step[] {
    const known = starts.get(before);
    if (known) return known;
    const comparisons = few.map((key) => createComparison(key, before, after));
    const steps = (viewer: IdentifiedViewer) => comparisons.map((compare) => compare(viewer));
    starts.set(before, steps);
    return steps;
  }

  function treeFrom(told: number): StepTree {
    const known = trees.get(told) ?? createStepTree();
    trees.set(told, known);
    return known;
  }

  return {
    eventFor(viewer, { at, told }) {
      const { targetingKey } = viewer.context;
      if (keys === "all" || (targetingKey !== undefined && identifiers.has(targetingKey))) {
        const difference = differenceOf(at, after, viewer);
        return difference && changesOf(told, after, difference);
      }
      if (keys.length === 0) return undefined;
      const steps = last?.viewer === viewer && last.at === at ? last.steps : stepsFrom(at, keys)(viewer);
      last = { viewer, at, steps };
      return treeFrom(told).eventFor(steps, () => changesOf(told, after, toDifference(keys, steps)));
    },
  };
}

export function changesOf(
  from: number,
  { version: to, position }: EnvironmentState,
  difference: Difference,
): Prepared<FlagsChanges> {
  return new Prepared({ type: "changes", from, to, position: `${position}:${ANY_MARK}`, ...difference });
}
