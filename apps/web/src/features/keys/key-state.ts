import type { OutputOf } from "../../lib/procedures.ts";

export type EnvironmentKey = OutputOf<"environmentKeys.list">[number];

interface Lifetime {
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export type KeyState = "in force" | "expired" | "revoked";

/** @param nowMs milliseconds since 1970 */
export function keyState({ expiresAt, revokedAt }: Lifetime, nowMs = Date.now()): KeyState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && Date.parse(expiresAt) <= nowMs ? "expired" : "in force";
}

export const isUsable = (key: Lifetime): boolean => keyState(key) === "in force";

/** The key that was used last, and when; nothing while none was. */
export function lastUsed(keys: readonly EnvironmentKey[]): { readonly name: string; readonly at: string } | undefined {
  const [last] = keys
    .flatMap(({ name, lastUsedAt }) => (lastUsedAt === null ? [] : [{ name, at: lastUsedAt }]))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return last;
}

/** The end of a day picked in a date box, in the viewer's zone; nothing for an empty box. */
export function endOfDay(date: string): string | undefined {
  const at = new Date(`${date}T23:59:59`);
  return date === "" || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
