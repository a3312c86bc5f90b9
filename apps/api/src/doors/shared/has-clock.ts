import type { Rule, Snapshot } from "@halyard/evaluator";

const NOW = "$.now";

interface Uses {
  /** An attribute is compared with now. */
  readonly ofAttributes: boolean;
  /** Now is compared with a constant. */
  readonly ofConstants: boolean;
}

/** By the list of segments, which stays the same while only flags change. */
const known = new WeakMap<Snapshot["segments"], Uses>();

/**
 * Whether one version may answer differently at another time: such an answer has no tag. Comparing now with a constant is decided by
 * the environment's clock, which moves by a revision, where it has one.
 */
export function hasClock({ segments, environment }: Snapshot): boolean {
  const uses = known.get(segments) ?? usesIn(segments);
  return uses.ofAttributes || (uses.ofConstants && environment.clock === undefined);
}

function usesIn(segments: Snapshot["segments"]): Uses {
  const conditions = segments.flatMap((segment) => segment.rules.flatMap(conditionsOf));
  const uses = {
    ofAttributes: conditions.some(({ value }) => value === NOW),
    ofConstants: conditions.some(({ property }) => property === NOW),
  };
  known.set(segments, uses);
  return uses;
}

const conditionsOf = (rule: Rule): readonly Rule["conditions"][number][] => [
  ...rule.conditions,
  ...rule.rules.flatMap(conditionsOf),
];
