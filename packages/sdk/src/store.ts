import type { FlagResult, FlagsEvent } from "@halyard/contracts";
import { isSame } from "./json.ts";
import { epochOf, judge, type Mark, type Verdict } from "./position.ts";

/** One context's results at one version. Never changes. */
export interface FlagState extends Mark {
  readonly flags: ReadonlyMap<string, FlagResult>;
}

/** What an event makes of a state. `state` is set exactly where the verdict is "apply". */
export function advance(
  before: FlagState | undefined,
  event: FlagsEvent,
): { readonly verdict: Verdict; readonly state?: FlagState } {
  if (event.type === "heartbeat" && before && isLater(before, event)) {
    // Versions that change nothing for this context are not sent one by one; the heartbeat moves past them.
    return { verdict: "apply", state: { to: event.to, position: event.position, flags: before.flags } };
  }
  const verdict = judge(before, event);
  if (verdict !== "apply") return { verdict };
  const { to, position } = event;
  const flags = new Map(event.type === "full" ? undefined : before?.flags);
  if (event.type === "changes") for (const key of event.removed) flags.delete(key);
  const results = event.type === "full" ? event.flags : event.type === "changes" ? event.changed : {};
  for (const [key, result] of Object.entries(results)) {
    // The same value stays the same object, for programs that compare by identity.
    const known = before?.flags.get(key);
    flags.set(key, known !== undefined && isSame(known, result) ? known : result);
  }
  return { verdict, state: { to, position, flags } };
}

function isLater(before: Mark, { to, position }: Mark): boolean {
  return epochOf(position) === epochOf(before.position) && to >= before.to && position !== before.position;
}

/** Keys of the flags whose outcome differs. */
export function changedKeys(before: FlagState | undefined, after: FlagState): string[] {
  const keys = new Set([...(before?.flags.keys() ?? []), ...after.flags.keys()]);
  return [...keys].filter((key) => !isSame(before?.flags.get(key), after.flags.get(key)));
}
