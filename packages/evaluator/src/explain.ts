import type { Scalar } from "./cast.ts";
import { type CompiledEnvironment, type CompiledFlag, insideOf } from "./compile.ts";
import { evaluate, winnerOf } from "./evaluate.ts";
import { findIdentity, identityState } from "./identities.ts";
import { compileRead, never, type Predicate, type RegexEngine, splitLimit, splitPlace } from "./match.ts";
import type { Condition, Context, Evaluation, Rule, RuleType, Segment } from "./model.ts";
import { type CompiledSegment, compileSegment, isInSegment } from "./segment.ts";
import { armAt, type CompiledState, decideState, placeIn } from "./state.ts";
import { type Subject, subjectOf } from "./subject.ts";

/** How one flag was decided for one context. */
export interface Explanation {
  readonly flagKey: string;
  /**
   * The identity's override, each segment override from the strongest, the environment: the first that applies has decided.
   * All are looked at, also those behind it. Empty for an unknown flag, and for a context that throws when it is read.
   */
  readonly steps: readonly Step[];
  /** The very object that `evaluate` gives. */
  readonly evaluation: Evaluation;
}

export type Step = IdentityStep | SegmentStep | EnvironmentStep;

interface Looked {
  /** Whether its state may decide: there is an override for the identity; the context is in the segment; always for the environment. */
  readonly applies: boolean;
  readonly decided: boolean;
  /** `null` where it does not apply, has no variants, or there is no identity to place. */
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

/** Where the identity falls among the variants. */
export interface Placement {
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
  readonly given: Scalar | null;
  readonly matches: boolean;
  /** For PERCENTAGE_SPLIT of a value that is set. Percent; in when `place` ≤ `limit`, which is `null` where the condition has no number. */
  readonly split: { readonly place: number; readonly limit: number | null } | null;
}

/**
 * Decides one flag for one context as `evaluate` does, and says how.
 *
 * Asks the compiled segments and states of the environment; their rules and conditions are compiled once more, by the same
 * code, to be asked one by one. A context must read the same twice.
 *
 * @throws never
 */
export function explain(environment: CompiledEnvironment, flagKey: string, context: Context): Explanation {
  const { flags, positions } = insideOf(environment);
  const flag = flags[positions.get(flagKey) ?? -1];
  if (flag !== undefined) {
    try {
      return explainFlag(environment, flag, context);
    } catch {
      // Only a context with getters that throw gets here; `evaluate` has an answer for it.
    }
  }
  return { flagKey, steps: [], evaluation: evaluate(environment, flagKey, context) };
}

function explainFlag(environment: CompiledEnvironment, flag: CompiledFlag, context: Context): Explanation {
  const { snapshot, identities, regex } = insideOf(environment);
  const subject = subjectOf(snapshot.environment, context);
  const identity = subject.identifier === null ? undefined : findIdentity(identities, subject.identifier);
  const winner = winnerOf(flag, subject, identity);
  const look = (state: CompiledState | undefined): Looked => ({
    applies: state !== undefined,
    decided: state === winner,
    placement: state === undefined ? null : placementIn(state, subject),
  });
  return {
    flagKey: flag.source.key,
    steps: [
      { source: "identity", ...look(identity && identityState(identity, flag.source)) },
      ...flag.overrides.map(
        ({ segment, state }): SegmentStep => ({
          source: "segment",
          segment: segment.source,
          ...look(isInSegment(segment, subject) ? state : undefined),
          rules: traceRules(segment, subject, regex),
        }),
      ),
      { source: "environment", ...look(flag.state) },
    ],
    evaluation: decideState(winner, subject),
  };
}

function placementIn(state: CompiledState, subject: Subject): Placement | null {
  const place = placeIn(state, subject);
  if (place === null) return null;
  const hit = armAt(state, place);
  let from = 0;
  const arms = state.arms.map((arm) => {
    const trace = { variant: arm.outcome.variant, from, below: arm.below, isHit: arm === hit };
    from = arm.below;
    return trace;
  });
  return { place, arms };
}

type Part = Rule | Condition;
/** Kept as long as the compiled segment: whoever asks once asks again. */
const recorded = new WeakMap<CompiledSegment, ReadonlyMap<Part, Predicate>>();

function predicatesOf(segment: CompiledSegment, regex: RegexEngine | undefined): ReadonlyMap<Part, Predicate> {
  const known = recorded.get(segment);
  if (known !== undefined) return known;
  const predicates = new Map<Part, Predicate>();
  compileSegment(segment.source, regex, (part, predicate) => {
    predicates.set(part, predicate);
    return predicate;
  });
  recorded.set(segment, predicates);
  return predicates;
}

function traceRules(segment: CompiledSegment, subject: Subject, regex: RegexEngine | undefined): readonly RuleTrace[] {
  const predicates = predicatesOf(segment, regex);
  const { seed, rules } = segment.source;
  const holds = (part: Part): boolean => (predicates.get(part) ?? never)(subject);
  const traceRule = (rule: Rule): RuleTrace => ({
    type: rule.type,
    matches: holds(rule),
    conditions: rule.conditions.map((condition) => {
      const given = compileRead(condition)(subject);
      return { condition, given, matches: holds(condition), split: splitOf(condition, seed, given) };
    }),
    rules: rule.rules.map(traceRule),
  });
  // Nothing was compiled of a segment that is nested too deep, and nothing of it can be walked.
  return predicates.size === 0 ? [] : rules.map(traceRule);
}

function splitOf({ operator, value }: Condition, seed: string, given: Scalar | null): ConditionTrace["split"] {
  if (operator !== "PERCENTAGE_SPLIT" || given === null) return null;
  return { place: splitPlace(seed, given), limit: typeof value === "string" ? (splitLimit(value) ?? null) : null };
}
