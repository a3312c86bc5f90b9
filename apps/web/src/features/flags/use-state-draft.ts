import type { Accessor } from "solid-js";
import { createMemo, createSignal } from "solid-js";
import { parseText, toText } from "../../lib/value-text.ts";
import type { FlagDetail, State } from "./flag.ts";
import { hasValue, variantName } from "./flag.ts";

interface Edit {
  /** What the edit began with, and the environment's version then. */
  readonly base: State;
  readonly version: number;
  readonly enabled: boolean;
  readonly text: string;
  readonly weights: Readonly<Record<string, number>>;
  readonly bucketBy: string | undefined;
}

export interface StateDraft {
  readonly enabled: Accessor<boolean>;
  readonly text: Accessor<string>;
  readonly weightOf: (variant: string) => number;
  /** Attribute whose value is placed among the variants; undefined for the identity. */
  readonly bucketBy: Accessor<string | undefined>;
  readonly setBucketBy: (attribute: string | undefined) => void;
  readonly setEnabled: (enabled: boolean) => void;
  readonly setText: (text: string) => void;
  readonly setWeight: (variant: string, weight: number) => void;
  readonly isDirty: Accessor<boolean>;
  readonly textError: Accessor<string | undefined>;
  readonly weightsError: Accessor<string | undefined>;
  /** What would be saved; undefined while something is wrong. */
  readonly state: Accessor<State | undefined>;
  /** What it began with. */
  readonly base: Accessor<State>;
  /** Send it as `expectedVersion`: what others did since is found out, not overwritten. */
  readonly version: Accessor<number>;
  readonly reset: () => void;
}

/** Sums of decimals miss 100 by the last bits. */
const FULL = 100.0001;

const toWeights = (state: State): Record<string, number> =>
  Object.fromEntries(state.weights.map((it) => [it.variant, it.weight]));

/** An edit of what somebody gets. Follows the server until it is touched, then stands still on what it began with. */
export function createStateDraft(flag: Accessor<FlagDetail>, base: Accessor<State>): StateDraft {
  const [edit, setEdit] = createSignal<Edit>();
  const fresh = createMemo(
    (): Edit => ({
      base: base(),
      version: flag().version,
      enabled: base().enabled,
      text: toText(flag().valueType, base().value),
      weights: toWeights(base()),
      bucketBy: base().bucketBy,
    }),
  );
  const now = () => edit() ?? fresh();
  const change = (wish: Partial<Edit>) => setEdit({ ...now(), ...wish });
  const names = () => flag().variants.map(variantName);
  const weightOf = (variant: string) => now().weights[variant] ?? 0;

  const parsed = createMemo(() => parseText(flag().valueType, now().text, now().base.value));
  const weightsError = () => {
    if (names().some((name) => weightOf(name) < 0 || weightOf(name) > 100)) return "Use shares from 0 to 100 %.";
    const sum = names().reduce((total, name) => total + weightOf(name), 0);
    return sum > FULL
      ? `The shares add up to ${Number(sum.toFixed(3))} %; take away ${Number((sum - 100).toFixed(3))} %.`
      : undefined;
  };
  const textError = () => (hasValue(flag()) ? parsed().error : undefined);
  const state = createMemo((): State | undefined => {
    const value = parsed();
    if (value.error !== undefined || weightsError() !== undefined) return undefined;
    return {
      enabled: now().enabled,
      value: value.value,
      weights: names().map((variant) => ({ variant, weight: weightOf(variant) })),
      ...(now().bucketBy !== undefined && { bucketBy: now().bucketBy }),
    };
  });
  const isDirty = createMemo(() => {
    const from = now().base;
    const isSameValue = JSON.stringify(state()?.value) === JSON.stringify(from.value);
    const weights = toWeights(from);
    return (
      edit() !== undefined &&
      (now().enabled !== from.enabled ||
        now().bucketBy !== from.bucketBy ||
        !isSameValue ||
        names().some((name) => weightOf(name) !== (weights[name] ?? 0)))
    );
  });

  return {
    enabled: () => now().enabled,
    text: () => now().text,
    weightOf,
    bucketBy: () => now().bucketBy,
    setBucketBy: (bucketBy) => change({ bucketBy }),
    setEnabled: (enabled) => change({ enabled }),
    setText: (text) => change({ text }),
    setWeight: (variant, weight) => change({ weights: { ...now().weights, [variant]: weight } }),
    isDirty,
    textError,
    weightsError,
    state,
    base: () => now().base,
    version: () => now().version,
    reset: () => setEdit(undefined),
  };
}
