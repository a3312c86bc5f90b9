import type { FlagResult, FlagsEvent } from "@halyard/contracts";
import { isSame } from "./json.ts";
import { epochOf, judge, type Mark, type Verdict } from "./position.ts";

/** One context's results at one version. Its flags become those of the next version: changes cost by what they change. */
export interface FlagState extends Mark {
  readonly flags: Map<string, FlagResult>;
}

interface Advance {
  readonly verdict: Verdict;
  /** Set exactly where the verdict is "apply". */
  readonly state?: FlagState;
  /** Flags whose outcome differs from the state before; `undefined` where everything was replaced. */
  readonly keys?: readonly string[];
}

/** What an event makes of a state, which is not to be used any more after that. */
export function advance(before: FlagState | undefined, event: FlagsEvent): Advance {
  const { to, position } = event;
  if (event.type === "heartbeat" && before && isLater(before, event)) {
    // Versions that change nothing for this context are not sent one by one; the heartbeat moves past them.
    return { verdict: "apply", state: { to, position, flags: before.flags }, keys: [] };
  }
  const verdict = judge(before, event);
  if (verdict !== "apply" || event.type === "heartbeat") return { verdict };
  if (event.type === "full") return { verdict, state: { to, position, flags: new Map(Object.entries(event.flags)) } };
  const flags = before?.flags ?? new Map<string, FlagResult>();
  const keys = event.removed.filter((key) => flags.delete(key));
  for (const [key, result] of Object.entries(event.changed)) {
    if (isSame(flags.get(key), result)) continue;
    flags.set(key, result);
    keys.push(key);
  }
  return { verdict, state: { to, position, flags }, keys };
}

function isLater(before: Mark, { to, position }: Mark): boolean {
  return epochOf(position) === epochOf(before.position) && to >= before.to && position !== before.position;
}

/** Keys of the flags whose outcome differs. */
export function changedKeys(before: FlagState | undefined, after: FlagState): readonly string[] {
  const keys = new Set([...(before?.flags.keys() ?? []), ...after.flags.keys()]);
  return [...keys].filter((key) => !isSame(before?.flags.get(key), after.flags.get(key)));
}
