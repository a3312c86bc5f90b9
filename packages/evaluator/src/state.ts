import { bucket } from "./bucket.ts";
import { type Scalar, textOf } from "./cast.ts";
import { freezeJson, isSameJson } from "./json.ts";
import type { Evaluation, FlagState, Reason, ValueType, WeightedVariant } from "./model.ts";
import { compileProperty, type Read, takeScalar } from "./property.ts";
import type { Subject } from "./subject.ts";

/** A flag state with all its possible answers made in advance. */
export interface CompiledState {
  readonly seed: string;
  /** What is placed among the variants, where it is not the identity. */
  readonly bucketBy: { readonly property: string; readonly read: Read } | undefined;
  readonly arms: readonly Arm[];
  /** Without variants, or without what is placed among them. */
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
  const { seed } = state;
  if (winner.valueType === "boolean" || state.variants.length === 0)
    return { seed, bucketBy: undefined, arms: [], plain, control: plain };
  let below = 0;
  const arms = state.variants.map((variant) => ({ below: (below += variant.weight), outcome: answer(variant) }));
  const bucketBy = state.bucketBy === undefined ? undefined : readerOf(state.bucketBy);
  return { seed, bucketBy, arms, plain, control: answer("control") };
}

function readerOf(property: string) {
  return { property, read: compileProperty(property, takeScalar) };
}

/** In percent; `null` where nobody is placed: without variants, or without what is placed among them. */
export function placeIn(state: CompiledState, subject: Subject): number | null {
  if (state.arms.length === 0) return null;
  if (state.bucketBy !== undefined) return placeBy(state.seed, state.bucketBy.read(subject));
  return subject.key === null ? null : bucket([state.seed, subject.key]);
}

function placeBy(seed: string, value: Scalar | null): number | null {
  return value === null ? null : bucket([seed, textOf(value)]);
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
