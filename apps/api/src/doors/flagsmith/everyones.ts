import { compile, evaluate, type Snapshot } from "@halyard/evaluator";
import type { Everyones } from "./flag-object.ts";

const known = new WeakMap<Snapshot, readonly Everyones[]>();

/** Flags as they are for everyone. Who names no identity is in no segment, as with Flagsmith; prerequisites count for them too. */
export function everyonesFlags(snapshot: Snapshot): readonly Everyones[] {
  const made = known.get(snapshot) ?? decide(snapshot);
  known.set(snapshot, made);
  return made;
}

function decide(snapshot: Snapshot): readonly Everyones[] {
  const { flags } = snapshot;
  if (!flags.some((flag) => (flag.prerequisites ?? []).length > 0)) return flags.map((flag) => ({ flag, enabled: flag.enabled }));
  const plain = compile({ ...snapshot, segments: [], flags: flags.map((flag) => ({ ...flag, overrides: [] })) });
  return flags.map((flag) => ({ flag, enabled: evaluate(plain, flag.key, {}).enabled }));
}
