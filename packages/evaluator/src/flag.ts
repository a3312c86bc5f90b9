import { cyclesOf } from "./graph.ts";
import type { Evaluation, Flag, Prerequisite } from "./model.ts";
import type { CompiledSegment } from "./segment.ts";
import { type CompiledState, compileState, outcomesOf } from "./state.ts";

export interface CompiledFlag {
  readonly source: Flag;
  readonly state: CompiledState;
  /** Strongest first; overrides of segments that do not exist are left out. */
  readonly overrides: readonly CompiledOverride[];
  /** Only of flags with prerequisites. */
  readonly gate: Gate | undefined;
}

interface CompiledOverride {
  readonly segment: CompiledSegment;
  readonly state: CompiledState;
}

/** What stands before a flag's own state. */
export interface Gate {
  readonly requirements: readonly Requirement[];
  /** The evaluation that `answer` belongs to: a flag that many require is decided once for all of them. */
  turn: number;
  answer: Evaluation | undefined;
}

export interface Requirement {
  readonly source: Prerequisite;
  /** The required flag's place among the flags; `undefined` where it is missing or on a cycle, and so meets nothing. */
  readonly position: number | undefined;
  /** Its key, or `#<id>` where it is missing. */
  readonly key: string;
}

export function compileFlag(
  source: Flag,
  segments: ReadonlyMap<number, CompiledSegment>,
  before: CompiledFlag | undefined,
): CompiledFlag {
  const { valueType } = source;
  const earlier: readonly Evaluation[] = before ? [before, ...before.overrides].flatMap(({ state }) => outcomesOf(state)) : [];
  const overrides: CompiledOverride[] = [];
  for (const override of [...source.overrides].sort((a, b) => a.priority - b.priority)) {
    const segment = segments.get(override.segmentId);
    if (segment === undefined) continue;
    const winner = { valueType, source: "segment", segment: segment.source.name } as const;
    overrides.push({ segment, state: compileState(override, winner, earlier) });
  }
  return {
    source,
    state: compileState(source, { valueType, source: "environment" }, earlier),
    overrides,
    gate: before && isSameGate(before.source, source) ? before.gate : undefined,
  };
}

/** Whether a flag that takes the place of another requires the same. */
export function isSameGate({ prerequisites: a = [] }: Flag, { prerequisites: b = [] }: Flag): boolean {
  return a.length === b.length && a.every((mine, i) => isSamePrerequisite(mine, b[i]));
}

function isSamePrerequisite(a: Prerequisite, b: Prerequisite | undefined): boolean {
  return a.flagId === b?.flagId && a.enabled === b.enabled && a.variant === b.variant;
}

/** Gives flags with prerequisites their gates, for the places that the flags now have. */
export function linkFlags(flags: readonly CompiledFlag[]): readonly CompiledFlag[] {
  if (flags.every(({ source }) => requirementsOf(source).length === 0)) return flags;
  const positions = new Map(flags.map(({ source }, position) => [source.id, position]));
  const edges = new Map<number, readonly number[]>();
  for (const [position, { source }] of flags.entries())
    edges.set(
      position,
      requirementsOf(source).flatMap(({ flagId }) => positions.get(flagId) ?? []),
    );
  const cycles = cyclesOf(edges);
  const requirement = (source: Prerequisite): Requirement => {
    const position = positions.get(source.flagId);
    const isOnCycle = position !== undefined && cycles.has(position);
    const key = position === undefined ? undefined : flags[position]?.source.key;
    return { source, position: isOnCycle ? undefined : position, key: key ?? `#${source.flagId}` };
  };
  return flags.map((flag) => {
    const requirements = requirementsOf(flag.source).map(requirement);
    return requirements.length === 0 ? flag : { ...flag, gate: { requirements, turn: 0, answer: undefined } };
  });
}

function requirementsOf({ prerequisites = [] }: Flag): readonly Prerequisite[] {
  return prerequisites;
}
