import type { Accessor } from "solid-js";
import { createMemo } from "solid-js";
import { createApiQuery } from "./queries.ts";
import { createSession } from "./session.ts";

export interface OwnRole {
  /** Undefined until it is known. */
  readonly isAdministrator: Accessor<boolean | undefined>;
  /** For a member: why not, and who can. Nothing for administrators. */
  readonly whyNot: Accessor<string | undefined>;
}

const oneOf = new Intl.ListFormat("en", { type: "disjunction" });
const MOST_NAMES = 3;

/** Who can do what a member cannot: "Ask Ada Lovelace or Mel Ortiz." */
export const askSentence = (administrators: readonly string[]): string =>
  administrators.length === 0
    ? "Only administrators can do this."
    : `Only administrators can do this; ask ${oneOf.format(administrators.slice(0, MOST_NAMES))}.`;

const isAdmin = (role: string | null | undefined) => role === "owner" || role === "admin";

/** What the viewer may do in an organisation. */
export function createOwnRole(organisation: Accessor<string>): OwnRole {
  const session = createSession();
  const role = createMemo(() => session.me()?.organisations.find(({ slug }) => slug === organisation())?.role);
  const isLesser = () => role() !== undefined && !isAdmin(role());
  const members = createApiQuery(() => ({
    path: "members.list",
    input: { organisation: organisation() },
    enabled: isLesser(),
  }));
  const administrators = () => (members.data ?? []).filter((it) => isAdmin(it.role)).map(({ name }) => name);

  return {
    isAdministrator: () => (role() === undefined ? undefined : isAdmin(role())),
    whyNot: () => (isLesser() ? askSentence(administrators()) : undefined),
  };
}
