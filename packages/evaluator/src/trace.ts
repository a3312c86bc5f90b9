import type { Scalar } from "./cast.ts";
import type { Condition, Evaluation, Prerequisite, RuleType, Segment } from "./model.ts";

/** How one flag was decided for one context. */
export interface Explanation {
  readonly flagKey: string;
  /**
   * The identity's override, each segment override from the strongest, the environment: the first that applies has decided.
   * All are looked at, also those behind it. Empty for an unknown flag, and for a context that throws when it is read.
   */
  readonly steps: readonly Step[];
  /** Whatever state would win, the flag is off unless all of these are met. */
  readonly prerequisites: readonly PrerequisiteTrace[];
  /** The very object that `evaluate` gives. */
  readonly evaluation: Evaluation;
}

export interface PrerequisiteTrace {
  readonly prerequisite: Prerequisite;
  /** Key of the required flag, or `#<id>` where it is missing. */
  readonly flagKey: string;
  /** What it answers; `null` where it is missing or requires itself in a circle, and so meets nothing. */
  readonly evaluation: Evaluation | null;
  readonly isMet: boolean;
}

export type Step = IdentityStep | SegmentStep | EnvironmentStep;

export interface Looked {
  /** Whether its state may decide: there is an override for the identity; the context is in the segment; always for the environment. */
  readonly applies: boolean;
  readonly decided: boolean;
  /** `null` where it does not apply, has has no variants, or what is placed is not set. */
  readonly placement: Placement | null;
}

export interface IdentityStep extends Looked {
  readonly source: "identity";
}

export interface SegmentStep extends Looked {
  readonly source: "segment";
  readonly segment: Segment;
  /** All must match, and there must be one. Empty also for a segment nested too deep, which matches nobody. */
  readonly rules: readonly RuleTrace[];
}

export interface EnvironmentStep extends Looked {
  readonly source: "environment";
}

/** Where somebody falls among the variants. */
export interface Placement {
  /** The property whose value is placed; `null` for the identity. */
  readonly by: string | null;
  /** Percent, 0 inclusive to 100 exclusive. */
  readonly place: number;
  /** In bucket order. None is hit by those who get the control. */
  readonly arms: readonly ArmTrace[];
}

export interface ArmTrace {
  readonly variant: string | null;
  /** Percent: `from` inclusive, `below` exclusive. */
  readonly from: number;
  readonly below: number;
  readonly isHit: boolean;
}

/** Conditions and sub-rules are quantified apart by the type, and both must hold. */
export interface RuleTrace {
  readonly type: RuleType;
  readonly matches: boolean;
  readonly conditions: readonly ConditionTrace[];
  readonly rules: readonly RuleTrace[];
}

export interface ConditionTrace {
  readonly condition: Condition;
  /** What the property holds; the identity's key for a split without a property; `null` where it is not set. */
  readonly given: Scalar | readonly (Scalar | null)[] | null;
  readonly matches: boolean;
  /** For a condition on the elements of a list: the verdict on each, which means nothing for IS_SET and IS_NOT_SET. */
  readonly elements: readonly boolean[] | null;
  /** For BEFORE, AFTER and ON: what is compared, in milliseconds since 1970; `null` for what is no moment. */
  readonly moments: { readonly given: number | null; readonly bound: number | null } | null;
  /** For PERCENTAGE_SPLIT of a value that is set. Percent; in when `place` ≤ `limit`, which is `null` where the condition has no number. */
  readonly split: { readonly place: number; readonly limit: number | null } | null;
}
