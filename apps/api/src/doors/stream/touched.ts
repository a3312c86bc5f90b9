import type { Delta, Flag, Segment } from "@halyard/evaluator";
import type { EnvironmentState } from "../../features/delivery/index.ts";

/** What a change may have changed for anybody. */
export interface Touched {
  /** Keys of flags; `"all"` where it may be any. */
  readonly keys: readonly string[] | "all";
  /** Identifiers for which it may be any flag, as their own overrides changed. */
  readonly identifiers: ReadonlySet<string>;
}

/** Beyond so many it costs less to decide all flags. */
const MOST_KEYS = 200;

/** Knows which flags lean on which segments and on which other flags; follows the changes of one environment. */
export interface Leanings {
  /** What a change from one state to another touches. Costs what was changed, not what the environment holds. */
  touchedBy(delta: Delta | undefined, states: { readonly before: EnvironmentState; readonly after: EnvironmentState }): Touched;
}

export function createLeanings(start: EnvironmentState): Leanings {
  const flags = new Map<number, Flag>();
  const bySegment = new Map<number, Set<number>>();
  const byPrerequisite = new Map<number, Set<number>>();
  for (const flag of start.compiled.snapshot.flags) put(flag);

  function put(flag: Flag): void {
    flags.set(flag.id, flag);
    for (const { segmentId } of flag.overrides) join(bySegment, segmentId, flag.id);
    for (const { flagId } of flag.prerequisites ?? []) join(byPrerequisite, flagId, flag.id);
  }

  function take(id: number): void {
    const flag = flags.get(id);
    if (!flag) return;
    flags.delete(id);
    for (const { segmentId } of flag.overrides) leave(bySegment, segmentId, id);
    for (const { flagId } of flag.prerequisites ?? []) leave(byPrerequisite, flagId, id);
  }

  /** Those and all that lean on them, before or after the change. */
  function spread(ids: Set<number>): void {
    for (const id of ids) for (const leaning of byPrerequisite.get(id) ?? []) ids.add(leaning);
  }

  return {
    touchedBy(delta, { before, after }) {
      const identifiers = new Set(delta?.identityOverrides?.map((it) => it.identifier));
      if (!delta || delta.environment || before.epoch !== after.epoch) {
        flags.clear();
        bySegment.clear();
        byPrerequisite.clear();
        for (const flag of after.compiled.snapshot.flags) put(flag);
        return { keys: "all", identifiers };
      }
      const ids = new Set([...(delta.flags?.removed ?? []), ...(delta.flags?.upserted ?? []).map((flag) => flag.id)]);
      for (const segmentId of segmentsOf(delta)) for (const id of bySegment.get(segmentId) ?? []) ids.add(id);
      spread(ids);
      const keys = new Set<string>();
      // By the key it had, too.
      for (const id of ids) addKey(keys, flags.get(id));
      for (const id of delta.flags?.removed ?? []) take(id);
      for (const flag of delta.flags?.upserted ?? []) {
        take(flag.id);
        put(flag);
      }
      for (const segmentId of segmentsOf(delta)) for (const id of bySegment.get(segmentId) ?? []) ids.add(id);
      spread(ids);
      for (const id of ids) addKey(keys, flags.get(id));
      return { keys: keys.size > MOST_KEYS ? "all" : [...keys], identifiers };
    },
  };
}

function addKey(keys: Set<string>, flag: Flag | undefined): void {
  if (flag) keys.add(flag.key);
}

const segmentsOf = ({ segments, segmentLists }: Delta): number[] => [
  ...(segments?.removed ?? []),
  ...(segments?.upserted ?? []).map((segment: Segment) => segment.id),
  ...(segmentLists ?? []).map((edit) => edit.segmentId),
];

function join(index: Map<number, Set<number>>, key: number, id: number): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}

function leave(index: Map<number, Set<number>>, key: number, id: number): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}
