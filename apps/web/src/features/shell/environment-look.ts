import type { OutputOf } from "../../lib/procedures.ts";
import type { EnvironmentLook, EnvironmentTab } from "./environments.ts";

type Environment = OutputOf<"environments.list">[number];

const BY_NAME: readonly (readonly [RegExp, EnvironmentLook])[] = [
  [/prod|(^|-)live($|-)/, "production"],
  [/stag|pre-?prod|uat/, "staging"],
  [/test|qa|(^|-)ci($|-)/, "test"],
];

/** Production must be unmistakable even under another name: whatever asks before it changes counts as one. */
export function lookOf(environment: Pick<Environment, "slug" | "safety">): EnvironmentLook {
  const named = BY_NAME.find(([pattern]) => pattern.test(environment.slug));
  if (/pre-?prod/.test(environment.slug)) return "staging";
  return named?.[1] ?? (environment.safety === "free" ? "development" : "production");
}

export const toTab = (environment: Environment): EnvironmentTab => ({
  slug: environment.slug,
  name: environment.name,
  look: lookOf(environment),
  colour: environment.colour,
});
