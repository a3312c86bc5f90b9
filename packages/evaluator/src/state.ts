import { bucket } from "./bucket.ts";
import { freezeJson, isSameJson } from "./json.ts";
import type { Evaluation, FlagState, Reason, ValueType, WeightedVariant } from "./model.ts";
import type { Subject } from "./subject.ts";

/** A flag state with all its possible answers made in advance. */
export interface CompiledState {
  readonly seed: string;
  readonly arms: readonly Arm[];
  /** Without variants, or without identity. */
  readonly plain: Evaluation;
  /** With variants, none of them hit. */
  readonly control: Evaluation;
}

interface Arm {
  /** Percent; the arm begins where the one before it ends. */
  readonly below: number;
  readonly outcome: Evaluation;
}

export interface Winner {
  readonly valueType: ValueType;
  readonly source: Evaluation["source"];
  /** Name of the segment that the state belongs to. */
  readonly segment?: string;
}

/** @param earlier answers given so far; one that says the same as a new answer is used again, so that `===` tells of a change */
export function compileState(state: FlagState, winner: Winner, earlier: readonly Evaluation[]): CompiledState {
  const answer = (variant?: WeightedVariant | "control") => reuse(outcomeOf(state, winner, variant), earlier);
  const plain = answer();
  if (winner.valueType === "boolean" || state.variants.length === 0) return { seed: state.seed, arms: [], plain, control: plain };
  let below = 0;
  const arms = state.variants.map((variant) => ({ below: (below += variant.weight), outcome: answer(variant) }));
  return { seed: state.seed, arms, plain, control: answer("control") };
}

/** In percent; `null` where nobody is placed: without variants, or without identity. */
export function placeIn(state: CompiledState, subject: Subject): number | null {
  return state.arms.length === 0 || subject.key === null ? null : bucket([state.seed, subject.key]);
}

export function decideState(state: CompiledState, subject: Subject): Evaluation {
  const place = placeIn(state, subject);
  return place === null ? state.plain : (armAt(state, place)?.outcome ?? state.control);
}

export function armAt(state: CompiledState, place: number): Arm | undefined {
  for (const arm of state.arms) if (place < arm.below) return arm;
  return undefined;
}

export function outcomesOf(state: CompiledState): readonly Evaluation[] {
  return [state.plain, state.control, ...state.arms.map((arm) => arm.outcome)];
}

function outcomeOf(state: FlagState, winner: Winner, variant: WeightedVariant | "control" | undefined): Evaluation {
  const hit = typeof variant === "object" ? variant : undefined;
  const value = winner.valueType === "boolean" ? state.enabled : (hit ?? state).value;
  freezeJson(value);
  return Object.freeze({
    enabled: state.enabled,
    valueType: winner.valueType,
    value,
    variant: variant === "control" ? variant : (hit?.key ?? null),
    reason: reasonOf(state, winner, hit),
    source: winner.source,
    ...(winner.segment !== undefined && { segment: winner.segment }),
    ...(hit !== undefined && { weight: hit.weight }),
  });
}

function reasonOf(state: FlagState, winner: Winner, hit: WeightedVariant | undefined): Reason {
  if (winner.valueType !== "boolean" && !state.enabled) return "DISABLED";
  if (hit !== undefined) return "SPLIT";
  return winner.source === "environment" ? "DEFAULT" : "TARGETING_MATCH";
}

function reuse(outcome: Evaluation, earlier: readonly Evaluation[]): Evaluation {
  return earlier.find((candidate) => isSameOutcome(candidate, outcome)) ?? outcome;
}

function isSameOutcome(a: Evaluation, b: Evaluation): boolean {
  return (
    a.enabled === b.enabled &&
    a.valueType === b.valueType &&
    a.variant === b.variant &&
    a.reason === b.reason &&
    a.source === b.source &&
    a.segment === b.segment &&
    a.weight === b.weight &&
    isSameJson(a.value, b.value)
  );
}
