import type { ClaimGrant } from "./membership.ts";
import type { ClaimRule } from "./settings.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** What these claims give by the configured rules. */
export const grantsOf = (claims: Claims, rules: readonly ClaimRule[]): ClaimGrant[] =>
  rules
    .filter((rule) => hasValue(at(claims, rule.claim), rule.value))
    .map(({ organisation, role, groups }) => ({ organisation, role, groups }));

function hasValue(claim: unknown, wanted: string): boolean {
  if (Array.isArray(claim)) return claim.some((it) => hasValue(it, wanted));
  return (typeof claim === "string" || typeof claim === "number" || typeof claim === "boolean") && String(claim) === wanted;
}

/** The claim of that very name, as some providers use addresses as names; else the one that the dots lead to. */
function at(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split(".").reduce<unknown>((inner, key) => {
    return typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? (inner as Claims)[key] : undefined;
  }, claims);
}
