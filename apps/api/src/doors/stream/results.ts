import type { FlagResult } from "@halyard/contracts";
import { type CompiledEnvironment, type Context, type Evaluation, evaluate, evaluateAll, type Flag } from "@halyard/evaluator";
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

/** What became of one flag for one viewer: another outcome, nothing to be seen any more, or nothing new. */
export type Step = Evaluation | "gone" | "same";

/** Every flag the viewer may see. */
export function resultsOf({ compiled }: EnvironmentState, viewer: Viewer): Record<string, FlagResult> {
  return Object.fromEntries([...shownOf(compiled, viewer)].map(([key, outcome]) => [key, toResult(outcome)]));
}

/** What happened to one flag between two states, for as many viewers as ask. */
export function createComparison(key: string, before: EnvironmentState, after: EnvironmentState): (viewer: Viewer) => Step {
  const [old, young] = [flagsOf(before.compiled).get(key), flagsOf(after.compiled).get(key)];
  const look = ({ compiled }: EnvironmentState, flag: Flag | undefined, viewer: Viewer): Evaluation | undefined => {
    if (!flag || (viewer.isClient && flag.serverOnly)) return undefined;
    const outcome = evaluate(compiled, key, viewer.context);
    return outcome.enabled || !compiled.snapshot.environment.hideDisabledFlags ? outcome : undefined;
  };
  return (viewer) => {
    const [was, is] = [look(before, old, viewer), look(after, young, viewer)];
    if (is === undefined) return was === undefined ? "same" : "gone";
    return isSame(was, is) ? "same" : is;
  };
}

export function toDifference(keys: readonly string[], steps: readonly Step[]): Difference {
  const changed: [string, FlagResult][] = [];
  const removed: string[] = [];
  for (const [index, key] of keys.entries()) {
    const step = steps[index];
    if (step === "gone") removed.push(key);
    else if (step !== undefined && step !== "same") changed.push([key, toResult(step)]);
  }
  return { changed: Object.fromEntries(changed), removed };
}

/** What changed for a viewer in all flags; `undefined` where nothing did. */
export function differenceOf(before: EnvironmentState, after: EnvironmentState, viewer: Viewer): Difference | undefined {
  return compare(shownOf(before.compiled, viewer), shownOf(after.compiled, viewer));
}

/** True where both viewers get the same. */
export const isSameFor = (state: EnvironmentState, a: Viewer, b: Viewer): boolean =>
  compare(shownOf(state.compiled, a), shownOf(state.compiled, b)) === undefined;

type Shown = ReadonlyMap<string, Evaluation>;

function shownOf(compiled: CompiledEnvironment, viewer: Viewer): Shown {
  const { outcomes } = evaluateAll(compiled, viewer.context);
  const { hideDisabledFlags } = compiled.snapshot.environment;
  const shown = new Map<string, Evaluation>();
  for (const [index, flag] of compiled.snapshot.flags.entries()) {
    const outcome = outcomes[index];
    if (!outcome || (viewer.isClient && flag.serverOnly)) continue;
    if (outcome.enabled || !hideDisabledFlags) shown.set(flag.key, outcome);
  }
  return shown;
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
  return a !== undefined && looksOf(a) === looksOf(b);
}

interface Shape {
  readonly result: FlagResult;
  looks: string | undefined;
}

const shapes = new WeakMap<Evaluation, Shape>();

function shapeOf(outcome: Evaluation): Shape {
  const known = shapes.get(outcome);
  if (known) return known;
  const { enabled, valueType, value, variant, reason } = outcome;
  const made: Shape = { result: Object.freeze({ enabled, valueType, value, variant, reason }), looks: undefined };
  shapes.set(outcome, made);
  return made;
}

/** No rule, no segment's name. */
const toResult = (outcome: Evaluation): FlagResult => shapeOf(outcome).result;

function looksOf(outcome: Evaluation): string {
  const shape = shapeOf(outcome);
  return (shape.looks ??= JSON.stringify(shape.result));
}

const indexes = new WeakMap<CompiledEnvironment, ReadonlyMap<string, Flag>>();

function flagsOf(compiled: CompiledEnvironment): ReadonlyMap<string, Flag> {
  const known = indexes.get(compiled);
  if (known) return known;
  const made = new Map(compiled.snapshot.flags.map((flag) => [flag.key, flag]));
  indexes.set(compiled, made);
  return made;
}
