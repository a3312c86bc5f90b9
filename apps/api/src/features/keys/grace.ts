import { invalid } from "../../errors.ts";

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;

/** Until when a rotated key still works: long enough to put the new one everywhere, and never longer than it would have. */
export function endOfGrace(until: string | undefined, expiresAt: Date | null, now = new Date()): Date {
  const wished = until === undefined ? new Date(now.getTime() + DAY_MS) : new Date(until);
  if (wished < now) throw invalid("until", "This time has passed; to stop a key at once, revoke it.");
  if (wished.getTime() > now.getTime() + MOST_DAYS * DAY_MS) {
    throw invalid("until", `Give a time within ${MOST_DAYS} days: a key that lives on is not rotated.`);
  }
  return expiresAt !== null && expiresAt < wished ? expiresAt : wished;
}
