import type { EnvironmentEvent } from "@halyard/contracts";
import { type CompiledEnvironment, compile, identityOverridesOf, type RegexEngine } from "@halyard/evaluator";
import { apply, segmentsNotAt } from "@halyard/evaluator/apply";
import { furtherOperators as operators } from "@halyard/evaluator/operators";
import { isSame } from "../json.ts";
import { judge, type Mark, type Verdict } from "../position.ts";

/** An environment at one version, ready to be asked. Never changes. */
export interface EnvironmentState extends Mark {
  readonly compiled: CompiledEnvironment;
}

interface Advance {
  readonly verdict: Verdict;
  /** Set exactly where the verdict is "apply". */
  readonly state?: EnvironmentState;
}

export function advanceEnvironment(
  before: EnvironmentState | undefined,
  event: EnvironmentEvent,
  regex: RegexEngine | undefined,
): Advance {
  const verdict = judge(before, event);
  if (verdict !== "apply" || event.type === "heartbeat") return { verdict };
  const { to, position } = event;
  if (event.type === "snapshot") {
    const { snapshot, identityOverrides } = event;
    return { verdict, state: { to, position, compiled: compile(snapshot, { identityOverrides, regex, operators }) } };
  }
  if (before === undefined) return { verdict: "gap" };
  const compiled = apply(before.compiled, event.delta);
  return segmentsNotAt(compiled, event.delta).length > 0 ? { verdict: "gap" } : { verdict, state: { to, position, compiled } };
}

/** The same environment with an engine for regular expressions, which `apply` then hands on. */
export function withRegex(state: EnvironmentState, regex: RegexEngine): EnvironmentState {
  const { snapshot } = state.compiled;
  return { ...state, compiled: compile(snapshot, { identityOverrides: identityOverridesOf(state.compiled), regex, operators }) };
}

/** Keys of the flags whose definition differs: their own, that of a segment they use, or an identity's override of them. */
export function changedDefinitions(before: EnvironmentState | undefined, after: EnvironmentState): string[] {
  const [old, now] = [before?.compiled.snapshot, after.compiled.snapshot];
  if (before === undefined || old === undefined || !isSame(old.environment, now.environment))
    return now.flags.map(({ key }) => key);
  const segments = changedIds(old.segments, now.segments);
  const flags = changedIds(old.flags, now.flags);
  for (const { id, overrides } of now.flags) if (overrides.some(({ segmentId }) => segments.has(segmentId))) flags.add(id);
  for (const id of changedIdentityFlags(before.compiled, after.compiled)) flags.add(id);
  return [...new Set([...old.flags, ...now.flags].filter(({ id }) => flags.has(id)).map(({ key }) => key))];
}

function changedIds<T extends { readonly id: number }>(before: readonly T[], after: readonly T[]): Set<number> {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const now = new Map(after.map((entry) => [entry.id, entry]));
  return new Set([...old.keys(), ...now.keys()].filter((id) => !isSame(old.get(id), now.get(id))));
}

function changedIdentityFlags(before: CompiledEnvironment, after: CompiledEnvironment): number[] {
  const old = new Map(identityOverridesOf(before).map((entry) => [entry.identifier, entry.overrides]));
  const now = new Map(identityOverridesOf(after).map((entry) => [entry.identifier, entry.overrides]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((identifier) => {
    const [mine, theirs] = [old.get(identifier) ?? [], now.get(identifier) ?? []];
    return isSame(mine, theirs) ? [] : [...mine, ...theirs].map(({ flagId }) => flagId);
  });
}
