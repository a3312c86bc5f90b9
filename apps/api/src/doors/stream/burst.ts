import type { Delta } from "@halyard/evaluator";
import { type EnvironmentState, type HubChange, mergeDeltas } from "../../features/delivery/index.ts";

/** Changes that are told of together, as they came while others were told: one after another, without a gap. */
export interface Burst {
  readonly after: EnvironmentState;
  /** What changed from a version on; undefined where only the whole state will do, as history was replaced or the version is another's. */
  deltaFrom(at: EnvironmentState): Delta | undefined;
}

export function toBurst(changes: readonly HubChange[]): Burst {
  const last = changes.at(-1);
  if (!last) throw new TypeError("A burst has changes.");
  const { after } = last;
  const merged = new Map<number, Delta | undefined>();
  return {
    after,
    deltaFrom(at) {
      if (at.epoch !== after.epoch) return undefined;
      if (merged.has(at.version)) return merged.get(at.version);
      const start = changes.findIndex((change) => change.from === at.version && change.before?.epoch === at.epoch);
      const deltas = start === -1 ? [] : changes.slice(start).map((change) => change.delta);
      const known = deltas.filter((delta) => delta !== undefined);
      const [only] = known;
      const whole = known.length === deltas.length ? (deltas.length === 1 ? only : mergeDeltas(known)) : undefined;
      const delta = deltas.length > 0 ? whole : undefined;
      merged.set(at.version, delta);
      return delta;
    },
  };
}

/** True where a client that stands at one state needs nothing of the other. */
export const isPast = (at: EnvironmentState, after: EnvironmentState): boolean =>
  at.epoch === after.epoch && at.version >= after.version;
