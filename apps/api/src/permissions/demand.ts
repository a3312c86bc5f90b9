import {
  can,
  canForSomeTags,
  definitionOf,
  type Grant,
  type Permission,
  type Place,
  type Target,
} from "@halyard/contracts/permissions";
import type { Db } from "@halyard/db";
import { flag, flagTag } from "@halyard/db/schema";
import { and, eq } from "drizzle-orm";
import { AppError } from "../errors.ts";
import { listGranters } from "./grants.queries.ts";

/** Where something is asked, with the names that a refusal uses. */
export interface Site extends Place {
  readonly name: string;
  /** Key of the flag that it is about, if it is about one. */
  readonly flag?: string | undefined;
}

interface Scope {
  readonly organisation: { readonly id: number; readonly name: string };
  readonly project?: { readonly id: number; readonly name: string };
  readonly environment?: { readonly id: number; readonly name: string };
}

/** The innermost place of a call. */
export const siteOf = ({ organisation, project, environment }: Scope): Site => ({
  organisation: organisation.id,
  project: project?.id,
  environment: environment?.id,
  name: environment && project ? `${environment.name} of ${project.name}` : (project ?? organisation).name,
});

/** Who asks, with all that they hold in the organisation. */
export interface Asker {
  readonly db: Db;
  readonly grants: readonly Grant[];
}

/** @throws AppError `forbidden`, naming what is missing, where, and who can grant it */
export async function demand(asker: Asker, needs: readonly Permission[], site: Site): Promise<void> {
  for (const permission of needs) {
    if (!(await allows(asker, permission, site))) throw await refusal(asker.db, permission, site);
  }
}

/** Tags are read only where some grant is limited to them. */
export async function allows({ db, grants }: Asker, permission: Permission, site: Site): Promise<boolean> {
  const target: Target = { organisation: site.organisation, project: site.project, environment: site.environment };
  if (can(grants, permission, target)) return true;
  if (site.flag === undefined || site.project === undefined || !canForSomeTags(grants, permission, target)) return false;
  return can(grants, permission, { ...target, tags: await readTagsOf(db, site.project, site.flag) });
}

const MOST_NAMES = 3;
const either = new Intl.ListFormat("en", { type: "disjunction" });

/** "Olga Owner or Ada Admin". */
export async function whoCanGrant(db: Db, organisationId: number): Promise<string> {
  const names = await listGranters(db, organisationId, MOST_NAMES);
  return names.length === 0 ? "an owner of the organisation" : either.format(names);
}

async function refusal(db: Db, permission: Permission, site: Site): Promise<AppError> {
  const who = await whoCanGrant(db, site.organisation);
  const about = site.flag === undefined ? "" : ` for the flag \`${site.flag}\``;
  const { sentence } = definitionOf(permission);
  return new AppError(
    "forbidden",
    `You may not ${sentence}${about}: your roles lack \`${permission}\` in ${site.name}. Ask ${who} to grant it.`,
  );
}

async function readTagsOf(db: Db, projectId: number, key: string): Promise<number[]> {
  const rows = await db
    .select({ id: flagTag.tagId })
    .from(flagTag)
    .innerJoin(flag, eq(flag.id, flagTag.flagId))
    .where(and(eq(flag.projectId, projectId), eq(flag.key, key)));
  return rows.map((row) => row.id);
}
