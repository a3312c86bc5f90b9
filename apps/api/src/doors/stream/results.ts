import type { FlagResult } from "@halyard/contracts";
import {
  type CompiledEnvironment,
  type Context,
  type Delta,
  type Evaluation,
  evaluate,
  evaluateAll,
  type Flag,
} from "@halyard/evaluator";
import type { EnvironmentState } from "../../features/delivery/index.ts";

/** For whom flags are evaluated. */
export interface Viewer {
  /** Client-side keys do not see server-only flags. */
  readonly isClient: boolean;
  readonly context: Context;
}

export interface Difference {
  readonly changed: Readonly<Record<string, FlagResult>>;
  readonly removed: readonly string[];
}

/** Every flag the viewer may see. */
export function resultsOf({ compiled }: EnvironmentState, viewer: Viewer): Record<string, FlagResult> {
  return Object.fromEntries([...shownOf(compiled, viewer)].map(([key, outcome]) => [key, toResult(outcome)]));
}

/** What one revision, or several, changed for this viewer; `undefined` where nothing did, which costs next to nothing. */
export function differenceOf(
  before: EnvironmentState,
  after: EnvironmentState,
  { viewer, delta }: { readonly viewer: Viewer; readonly delta: Delta | undefined },
): Difference | undefined {
  const keys = delta && touchedKeys(before, { delta, viewer });
  if (keys === undefined) return compare(shownOf(before.compiled, viewer), shownOf(after.compiled, viewer));
  if (keys.size === 0) return undefined;
  const shown = ({ compiled }: EnvironmentState) =>
    new Map(
      [...keys].flatMap((key): [string, Evaluation][] => {
        const flag = flagsOf(compiled).get(key);
        const outcome = flag && evaluate(compiled, key, viewer.context);
        return flag && outcome && isShown(compiled, { flag, outcome, viewer }) ? [[key, outcome]] : [];
      }),
    );
  return compare(shown(before), shown(after));
}

/** True where both viewers get the same. */
export const isSameFor = (state: EnvironmentState, a: Viewer, b: Viewer): boolean =>
  compare(shownOf(state.compiled, a), shownOf(state.compiled, b)) === undefined;

type Shown = ReadonlyMap<string, Evaluation>;

function shownOf(compiled: CompiledEnvironment, viewer: Viewer): Shown {
  const { outcomes } = evaluateAll(compiled, viewer.context);
  const shown = new Map<string, Evaluation>();
  for (const [index, flag] of compiled.snapshot.flags.entries()) {
    const outcome = outcomes[index];
    if (outcome && isShown(compiled, { flag, outcome, viewer })) shown.set(flag.key, outcome);
  }
  return shown;
}

function isShown(
  { snapshot }: CompiledEnvironment,
  { flag, outcome, viewer }: { readonly flag: Flag; readonly outcome: Evaluation; readonly viewer: Viewer },
): boolean {
  if (viewer.isClient && flag.serverOnly) return false;
  return outcome.enabled || !snapshot.environment.hideDisabledFlags;
}

/** Flags whose outcome for this viewer may differ; `undefined` where that may be any. */
function touchedKeys(
  before: EnvironmentState,
  { delta, viewer }: { readonly delta: Delta; readonly viewer: Viewer },
): ReadonlySet<string> | undefined {
  if (delta.environment || delta.segments) return undefined;
  const { targetingKey } = viewer.context;
  if (delta.identityOverrides?.some((it) => it.identifier === targetingKey)) return undefined;
  const keys = new Set<string>();
  if (!delta.flags) return keys;
  const ids = new Set([...delta.flags.removed, ...delta.flags.upserted.map((flag) => flag.id)]);
  // By the key it had, too.
  for (const flag of before.compiled.snapshot.flags) if (ids.has(flag.id)) keys.add(flag.key);
  for (const flag of delta.flags.upserted) keys.add(flag.key);
  return keys;
}

function compare(before: Shown, after: Shown): Difference | undefined {
  const changed = [...after].filter(([key, outcome]) => !isSame(before.get(key), outcome));
  const removed = [...before.keys()].filter((key) => !after.has(key));
  if (changed.length === 0 && removed.length === 0) return undefined;
  return { changed: Object.fromEntries(changed.map(([key, outcome]) => [key, toResult(outcome)])), removed };
}

/** An outcome that stays the same is the same object; one that differs may still look the same, as when a segment was renamed. */
function isSame(a: Evaluation | undefined, b: Evaluation): boolean {
  if (a === b) return true;
  return a !== undefined && JSON.stringify(toResult(a)) === JSON.stringify(toResult(b));
}

const results = new WeakMap<Evaluation, FlagResult>();

/** No rule, no segment's name. */
function toResult(outcome: Evaluation): FlagResult {
  const known = results.get(outcome);
  if (known) return known;
  const { enabled, valueType, value, variant, reason } = outcome;
  const made = Object.freeze({ enabled, valueType, value, variant, reason });
  results.set(outcome, made);
  return made;
}

const indexes = new WeakMap<CompiledEnvironment, ReadonlyMap<string, Flag>>();

function flagsOf(compiled: CompiledEnvironment): ReadonlyMap<string, Flag> {
  const known = indexes.get(compiled);
  if (known) return known;
  const made = new Map(compiled.snapshot.flags.map((flag) => [flag.key, flag]));
  indexes.set(compiled, made);
  return made;
}
