import { assemble, type Compiled, type CompiledEnvironment, insideOf } from "./compile.ts";
import { type CompiledFlag, compileFlag, isSameGate, linkFlags } from "./flag.ts";
import { replaceIdentities } from "./identities.ts";
import { editSegment } from "./list-edits.ts";
import type { Changes, Delta, Flag, Segment } from "./model.ts";
import { positionOf } from "./ordered.ts";
import { compileSegment } from "./segment.ts";

/**
 * The environment after a change. Only what the delta touches is compiled again, and an answer that stays the same stays `===`.
 * Flags and segments of the resulting snapshot ascend by id. An edit of lists that does not fit is left out, and its segment
 * stays at its version: {@link segmentsNotAt} tells.
 */
export function apply(environment: CompiledEnvironment, delta: Delta): CompiledEnvironment {
  const before = insideOf(environment);
  const segments = withListEdits(before, delta);
  const after = replaceInPlace(before, delta, segments) ?? rebuild(before, delta, segments);
  const identityOverrides = delta.identityOverrides ?? [];
  if (identityOverrides.length === 0) return after;
  const identities = replaceIdentities(before.identities, identityOverrides, {
    before: flagFinder(before),
    after: flagFinder(after),
  });
  return withIdentities(after, identities);
}

function withIdentities(compiled: Compiled, identities: Compiled["identities"]): Compiled {
  return { ...compiled, identities };
}

/**
 * Ids of the segments that a delta's edits of lists should have brought to a version, and did not, because an earlier delta is
 * missing. Whoever keeps the environment up to date loads it anew then.
 */
export function segmentsNotAt({ snapshot }: CompiledEnvironment, { segmentLists = [] }: Delta): readonly number[] {
  const versions = new Map(segmentLists.length === 0 ? [] : snapshot.segments.map(({ id, version }) => [id, version ?? 0]));
  return segmentLists.filter(({ segmentId, to }) => (versions.get(segmentId) ?? to) < to).map(({ segmentId }) => segmentId);
}

/** The changes of segments with the edits of lists made, each of which fits or is left out. */
function withListEdits({ segments }: Compiled, delta: Delta): Changes<Segment> {
  const { segmentLists = [], segments: { upserted = [], removed = [] } = {} } = delta;
  if (segmentLists.length === 0) return { upserted, removed };
  const next = new Map(upserted.map((segment) => [segment.id, segment]));
  for (const edit of segmentLists) {
    const { segmentId } = edit;
    const current = next.get(segmentId) ?? (removed.includes(segmentId) ? undefined : segments.get(segmentId)?.source);
    const edited = current && editSegment(current, edit);
    if (edited !== undefined) next.set(segmentId, edited);
  }
  return { upserted: [...next.values()], removed };
}

/** What nearly every change is: flags and segments that stay where they are. `undefined` if it is another change. */
function replaceInPlace(before: Compiled, delta: Delta, segments: Changes<Segment>): Compiled | undefined {
  const flags = delta.flags ?? { upserted: [], removed: [] };
  if (!before.isOrdered || flags.removed.length > 0 || segments.removed.length > 0) return undefined;
  const { snapshot } = before;
  const flagSources = replaceAll(snapshot.flags, flags.upserted);
  const segmentSources = replaceAll(snapshot.segments, segments.upserted);
  if (flagSources === undefined || segmentSources === undefined) return undefined;
  const positions = flags.upserted.map(({ id }) => positionOf(flagSources, id));
  const isSame = (is: (before: Flag, after: Flag) => boolean): boolean =>
    positions.every((position) => {
      const [earlier, later] = [snapshot.flags[position], flagSources[position]];
      return earlier !== undefined && later !== undefined && is(earlier, later);
    });
  if (!isSame((earlier, later) => earlier.key === later.key)) return undefined;
  const compiledSegments = replaceSegments(before, segments);
  const compiledFlags = [...before.flags];
  for (const position of new Set([...positions, ...touchedBy(segments, flagSources)])) {
    const source = flagSources[position];
    if (source !== undefined) compiledFlags[position] = compileFlag(source, compiledSegments, before.flags[position]);
  }
  return {
    ...before,
    snapshot: { environment: delta.environment ?? snapshot.environment, flags: flagSources, segments: segmentSources },
    flags: isSame(isSameGate) ? compiledFlags : linkFlags(compiledFlags),
    segments: compiledSegments,
  };
}

/** Positions of the flags whose states hang on one of the segments. */
function touchedBy(segments: Changes<Segment>, flags: readonly Flag[]): readonly number[] {
  if (segments.upserted.length === 0) return [];
  const touches = toucher(segments);
  return flags.flatMap((flag, position) => (touches(flag) ? position : []));
}

/** Entries in place of those with their ids; `undefined` where one has no such place. */
function replaceAll<T extends { readonly id: number }>(list: readonly T[], upserted: readonly T[]): readonly T[] | undefined {
  if (upserted.length === 0) return list;
  const copy = [...list];
  for (const entry of upserted) {
    const position = positionOf(list, entry.id);
    if (position < 0) return undefined;
    copy[position] = entry;
  }
  return copy;
}

function rebuild(before: Compiled, delta: Delta, segments: Changes<Segment>): Compiled {
  const { snapshot, identities, extensions } = before;
  const compiledSegments = replaceSegments(before, segments);
  const flags = changed(snapshot.flags, delta.flags);
  const compiledBefore = new Map<number, CompiledFlag>(before.flags.map((flag) => [flag.source.id, flag]));
  const touches = toucher(segments);
  const compiledFlags = flags.map((flag) => {
    const earlier = compiledBefore.get(flag.id);
    return earlier?.source === flag && !touches(flag) ? earlier : compileFlag(flag, compiledSegments, earlier);
  });
  const after = assemble({
    snapshot: {
      environment: delta.environment ?? snapshot.environment,
      flags,
      segments: changed(snapshot.segments, segments),
    },
    flags: linkFlags(compiledFlags),
    segments: compiledSegments,
    identities,
    extensions,
  });
  return insideOf(after);
}

function replaceSegments({ segments, extensions }: Compiled, { upserted, removed }: Changes<Segment>): Compiled["segments"] {
  if (upserted.length + removed.length === 0) return segments;
  const after = new Map(segments);
  for (const id of removed) after.delete(id);
  for (const segment of upserted) after.set(segment.id, compileSegment(segment, extensions));
  return after;
}

function changed<T extends { readonly id: number }>(list: readonly T[], changes: Changes<T> | undefined): readonly T[] {
  if (changes === undefined) return list;
  const entries = new Map(list.map((entry) => [entry.id, entry]));
  for (const id of changes.removed) entries.delete(id);
  for (const entry of changes.upserted) entries.set(entry.id, entry);
  return [...entries.values()].sort((a, b) => a.id - b.id);
}

/** Whether a flag's states hang on one of the segments that changed. */
function toucher({ upserted, removed }: Changes<Segment>): (flag: Flag) => boolean {
  const ids = new Set([...removed, ...upserted.map(({ id }) => id)]);
  return ({ overrides }) => overrides.some(({ segmentId }) => ids.has(segmentId));
}

function flagFinder({ isOrdered, snapshot: { flags } }: Compiled): (id: number) => Flag | undefined {
  if (isOrdered) return (id) => flags[positionOf(flags, id)];
  const byId = new Map(flags.map((flag) => [flag.id, flag]));
  return (id) => byId.get(id);
}
