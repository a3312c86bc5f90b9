import { compileIdentities, type Identities, listIdentities, replaceIdentities } from "./identities.ts";
import type { RegexEngine } from "./match.ts";
import type { Changes, Delta, Evaluation, Flag, IdentityOverrides, Segment, Snapshot } from "./model.ts";
import { type CompiledSegment, compileSegment } from "./segment.ts";
import { type CompiledState, compileState, outcomesOf } from "./state.ts";

export interface CompileOptions {
  readonly identityOverrides?: readonly IdentityOverrides[] | undefined;
  /** Without it every REGEX condition is false. */
  readonly regex?: RegexEngine | undefined;
}

declare const opaque: unique symbol;

/** A snapshot made ready to be asked. Never changes: `apply` makes another one, which shares all that stayed the same. */
export interface CompiledEnvironment {
  readonly snapshot: Snapshot;
  readonly [opaque]: true;
}

/** What is inside a `CompiledEnvironment`. */
export interface Compiled extends CompiledEnvironment {
  readonly flags: readonly CompiledFlag[];
  /** Positions in `flags`. */
  readonly positions: ReadonlyMap<string, number>;
  readonly segments: ReadonlyMap<number, CompiledSegment>;
  /** Whether the flags ascend by id, so that one can be found by it. */
  readonly isOrdered: boolean;
  readonly identities: Identities;
  readonly regex: RegexEngine | undefined;
}

export interface CompiledFlag {
  readonly source: Flag;
  readonly state: CompiledState;
  /** Strongest first; overrides of segments that do not exist are left out. */
  readonly overrides: readonly CompiledOverride[];
}

interface CompiledOverride {
  readonly segment: CompiledSegment;
  readonly state: CompiledState;
}

/**
 * Makes a snapshot ready to be asked. Its values are frozen, as the answers share them.
 *
 * @throws never, for a snapshot that `parseSnapshot` accepts
 */
export function compile(snapshot: Snapshot, options: CompileOptions = {}): CompiledEnvironment {
  const segments = new Map(snapshot.segments.map((segment) => [segment.id, compileSegment(segment, options.regex)]));
  return assemble({
    snapshot,
    flags: snapshot.flags.map((flag) => compileFlag(flag, segments, undefined)),
    segments,
    identities: compileIdentities(options.identityOverrides ?? []),
    regex: options.regex,
  });
}

/**
 * The environment after a change. Only what the delta touches is compiled again, and an answer that stays the same stays `===`.
 * Flags and segments of the resulting snapshot ascend by id.
 */
export function apply(environment: CompiledEnvironment, delta: Delta): CompiledEnvironment {
  const before = insideOf(environment);
  const replaced = replaceFlags(before, delta);
  if (replaced !== undefined) return replaced;
  const { snapshot, regex } = before;
  const segments = new Map(before.segments);
  for (const id of delta.segments?.removed ?? []) segments.delete(id);
  for (const segment of delta.segments?.upserted ?? []) segments.set(segment.id, compileSegment(segment, regex));
  const flags = changed(snapshot.flags, delta.flags);
  const compiledBefore = new Map(before.flags.map((flag) => [flag.source.id, flag]));
  return assemble({
    snapshot: {
      environment: delta.environment ?? snapshot.environment,
      flags,
      segments: changed(snapshot.segments, delta.segments),
    },
    flags: flags.map((flag) => {
      const earlier = compiledBefore.get(flag.id);
      const isUntouched = earlier?.source === flag && !touches(delta.segments, flag);
      return isUntouched ? earlier : compileFlag(flag, segments, earlier);
    }),
    segments,
    identities: replaceIdentities(before.identities, delta.identityOverrides ?? [], {
      before: byId(snapshot.flags),
      after: byId(flags),
    }),
    regex,
  });
}

/** All identity overrides, in no particular order. */
export function identityOverridesOf(environment: CompiledEnvironment): readonly IdentityOverrides[] {
  return listIdentities(insideOf(environment).identities);
}

/** The flag with this key. */
export function flagOf(environment: CompiledEnvironment, key: string): Flag | undefined {
  const { flags, positions } = insideOf(environment);
  return flags[positions.get(key) ?? -1]?.source;
}

export function insideOf(environment: CompiledEnvironment): Compiled {
  return environment as Compiled;
}

function assemble(parts: Omit<Compiled, "positions" | "isOrdered" | typeof opaque>): CompiledEnvironment {
  const positions = new Map(parts.flags.map((flag, position) => [flag.source.key, position]));
  const isOrdered = parts.flags.every((flag, n) => n === 0 || (parts.flags[n - 1]?.source.id ?? 0) < flag.source.id);
  // The mark exists for the compiler only.
  return { ...parts, positions, isOrdered } as unknown as CompiledEnvironment;
}

/** What nearly every change is: flags that stay where they are. Costs a copy of two lists; `undefined` if it is another change. */
function replaceFlags(before: Compiled, { flags: changes, ...others }: Delta): CompiledEnvironment | undefined {
  if (changes === undefined || changes.removed.length > 0 || !before.isOrdered) return undefined;
  if (others.environment ?? others.segments ?? others.identityOverrides) return undefined;
  const sources = [...before.snapshot.flags];
  const flags = [...before.flags];
  for (const source of changes.upserted) {
    const position = positionOf(before.flags, source.id);
    const earlier = before.flags[position];
    if (earlier?.source.key !== source.key) return undefined;
    sources[position] = source;
    flags[position] = compileFlag(source, before.segments, earlier);
  }
  const after: Compiled = { ...before, snapshot: { ...before.snapshot, flags: sources }, flags };
  return after;
}

/** In flags that ascend by id; -1 without such a flag. */
function positionOf(flags: readonly CompiledFlag[], id: number): number {
  let low = 0;
  let high = flags.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = flags[middle]?.source.id ?? Number.NaN;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function compileFlag(
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
  return { source, state: compileState(source, { valueType, source: "environment" }, earlier), overrides };
}

function changed<T extends { readonly id: number }>(list: readonly T[], changes: Changes<T> | undefined): readonly T[] {
  if (changes === undefined) return list;
  const entries = byId(list);
  for (const id of changes.removed) entries.delete(id);
  for (const entry of changes.upserted) entries.set(entry.id, entry);
  return [...entries.values()].sort((a, b) => a.id - b.id);
}

function byId<T extends { readonly id: number }>(list: readonly T[]): Map<number, T> {
  return new Map(list.map((entry) => [entry.id, entry]));
}

function touches(changes: Changes<Segment> | undefined, flag: Flag): boolean {
  if (changes === undefined) return false;
  return flag.overrides.some(
    ({ segmentId }) => changes.removed.includes(segmentId) || changes.upserted.some((segment) => segment.id === segmentId),
  );
}
