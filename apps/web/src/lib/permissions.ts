import { PERMISSIONS, type Permission } from "@halyard/contracts/permissions";
import type { Accessor } from "solid-js";
import type { InputOf } from "./procedures.ts";
import { createApiQuery } from "./queries.ts";

export interface OwnPermissions {
  /** Undefined until it is known. */
  readonly may: (permission: Permission) => boolean | undefined;
  /** Why not, and who can grant it. Nothing where it is held, and until it is known. */
  readonly whyNot: (permission: Permission) => string | undefined;
}

const oneOf = new Intl.ListFormat("en", { type: "disjunction" });
const MOST_NAMES = 3;

/** "You may not make projects; ask Ada Lovelace or Mel Ortiz." */
export function refusalSentence(permission: Permission, granters: readonly string[]): string {
  // What a sentence explains after its semicolon is beside the point here.
  const [act] = PERMISSIONS[permission].sentence.split(";");
  const who = granters.length === 0 ? "an owner" : oneOf.format(granters.slice(0, MOST_NAMES));
  return `You may not ${act ?? ""}; ask ${who}.`;
}

/** What the viewer may do in an organisation, a project or an environment. */
export function createOwnPermissions(place: Accessor<InputOf<"permissions.mine">>): OwnPermissions {
  const own = createApiQuery(() => ({ path: "permissions.mine", input: place(), keep: false }));
  const may = (permission: Permission) => own.data?.granted.includes(permission);

  return {
    may,
    whyNot: (permission) => (may(permission) === false ? refusalSentence(permission, own.data?.granters ?? []) : undefined),
  };
}
