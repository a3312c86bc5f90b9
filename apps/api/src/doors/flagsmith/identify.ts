import { createHash, randomUUID } from "node:crypto";
import { LIMITS } from "@halyard/contracts";
import { refuse, refuseFields } from "./errors.ts";
import { type Fields, member, queryText, readFlag, readText } from "./input.ts";
import { type GivenTrait, readTraits } from "./trait-input.ts";

/** Who is asked about. */
export interface Identify {
  readonly identifier: string;
  /** Nothing is stored. */
  readonly transient: boolean;
  /** Nobody has this identifier yet, so there is nothing to look up. */
  readonly invented: boolean;
  readonly traits: readonly GivenTrait[];
}

export function identifyByQuery(query: unknown): Identify {
  const given = queryText(query, "identifier") ?? "";
  if (given.trim() === "") throw refuse(400, "Missing identifier");
  const identifier = readText(given, LIMITS.identifier);
  const transient = readFlag(queryText(query, "transient"));
  if (identifier.ok && transient.ok) {
    return { identifier: identifier.value, transient: transient.value, invented: false, traits: [] };
  }
  throw refuseFields({
    ...(!identifier.ok && { identifier: identifier.problems }),
    ...(!transient.ok && { transient: transient.problems }),
  });
}

export function identifyByBody(body: Fields): Identify {
  const given = member(body, "identifier");
  const isAnonymous = given === undefined || given === null || (typeof given === "string" && given.trim() === "");
  const identifier = isAnonymous ? undefined : readText(given, LIMITS.identifier);
  const transient = readFlag(member(body, "transient"));
  const traits = readTraits(member(body, "traits"));
  if (identifier?.ok === false || !transient.ok || !traits.ok) {
    throw refuseFields({
      ...(identifier?.ok === false && { identifier: identifier.problems }),
      ...(!transient.ok && { transient: transient.problems }),
      ...(!traits.ok && { traits: traits.problems }),
    });
  }
  if (identifier === undefined) {
    return { identifier: inventIdentifier(traits.value), transient: true, invented: true, traits: traits.value };
  }
  return { identifier: identifier.value, transient: transient.value, invented: false, traits: traits.value };
}

/** The same traits always make the same identifier, so that somebody anonymous stays in their bucket. */
function inventIdentifier(traits: readonly GivenTrait[]): string {
  const told = traits.filter((trait) => trait.value !== null).sort((a, b) => (a.key < b.key ? -1 : 1));
  if (told.length === 0) return randomUUID().replaceAll("-", "");
  const hash = createHash("sha256");
  for (const { key, value } of told) hash.update(`${key}${String(value)}`);
  return hash.digest("hex");
}
