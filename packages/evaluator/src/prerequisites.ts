import { cyclesOf } from "./graph.ts";
import type { Flag } from "./model.ts";

type Node = Pick<Flag, "id" | "key" | "prerequisites">;

/** Keys of flags that require each other in a circle, each the next one and the last the first; empty without a circle. */
export function prerequisiteCycle(flags: readonly Node[]): readonly string[] {
  const byId = new Map(flags.map((flag) => [flag.id, flag]));
  const cycles = cyclesOf(new Map(flags.map((flag) => [flag.id, (flag.prerequisites ?? []).map(({ flagId }) => flagId)])));
  const walked: number[] = [];
  let [id] = cycles.keys();
  while (id !== undefined && !walked.includes(id)) {
    walked.push(id);
    const cycle = cycles.get(id);
    id = byId.get(id)?.prerequisites?.find(({ flagId }) => cycles.get(flagId) === cycle)?.flagId;
  }
  const circle = id === undefined ? [] : walked.slice(walked.indexOf(id));
  return circle.flatMap((member) => byId.get(member)?.key ?? []);
}

/** The flags that require a flag. */
export function dependentsOf<T extends Pick<Flag, "prerequisites">>(flags: readonly T[], flagId: number): readonly T[] {
  return flags.filter(({ prerequisites }) => prerequisites?.some((prerequisite) => prerequisite.flagId === flagId));
}
