import type { Environment } from "./use-environment.ts";

type Careful = Pick<Environment, "name" | "safety">;

/** One that is not known yet may be production. */
export const isCareful = (environment: Careful | undefined): boolean => environment?.safety !== "free";

/** The same for a write that reaches all of a project's environments. */
export const isAnyCareful = (environments: readonly Careful[]): boolean =>
  environments.length === 0 || environments.some(isCareful);

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** "3 environments, Production among them"; only their name where there is one. */
export function reachWords(environments: readonly Careful[]): string {
  const [first, ...others] = environments;
  if (!first) return "every environment";
  if (others.length === 0) return first.name;
  const careful = environments.filter(isCareful).map(({ name }) => name);
  return `${environments.length} environments${careful.length === 0 ? "" : `, ${list.format(careful)} among them`}`;
}
