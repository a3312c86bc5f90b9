import { can, type Grant, type Role } from "@halyard/contracts/permissions";
import type { Db } from "@halyard/db";
import { environment, organisation, project } from "@halyard/db/schema";
import { and, eq } from "drizzle-orm";
import type { Actor } from "./actor.ts";
import { notFound } from "./errors.ts";
import { readHolding } from "./permissions/grants.queries.ts";

/** With what the actor holds in it. */
export type Organisation = typeof organisation.$inferSelect & {
  /** In the whole of it; null where only grants and groups give something. */
  readonly role: Role | null;
  readonly grants: readonly Grant[];
};
export type Project = typeof project.$inferSelect;
export type Environment = typeof environment.$inferSelect;

/** @throws AppError `not_found` also where it exists and the actor has no part in it */
export async function findOrganisation(db: Db, actor: Actor, slug: string): Promise<Organisation> {
  const [row] = await db.select().from(organisation).where(eq(organisation.slug, slug));
  const holding = row && (await readHolding(db, actor, row.id));
  if (!row || !holding) throw notFound("organisation", slug);
  return { ...row, ...holding };
}

/** @throws AppError `not_found` also where it exists and may not be seen */
export async function findVisibleProject(
  db: Db,
  { id, grants }: Pick<Organisation, "id" | "grants">,
  slug: string,
): Promise<Project> {
  const found = await findProject(db, id, slug);
  if (!can(grants, "VIEW_PROJECT", { organisation: id, project: found.id })) throw notFound("project", slug);
  return found;
}

/** @throws AppError `not_found` also where it exists and may not be seen */
export async function findVisibleEnvironment(
  db: Db,
  { project, grants }: { readonly project: Project; readonly grants: readonly Grant[] },
  slug: string,
): Promise<Environment> {
  const found = await findEnvironment(db, project.id, slug);
  if (!can(grants, "VIEW_ENVIRONMENT", { organisation: project.organisationId, project: project.id, environment: found.id })) {
    throw notFound("environment", slug);
  }
  return found;
}

export async function findProject(db: Db, organisationId: number, slug: string): Promise<Project> {
  const [row] = await db
    .select()
    .from(project)
    .where(and(eq(project.organisationId, organisationId), eq(project.slug, slug)));
  if (!row) throw notFound("project", slug);
  return row;
}

export async function findEnvironment(db: Db, projectId: number, slug: string): Promise<Environment> {
  const [row] = await db
    .select()
    .from(environment)
    .where(and(eq(environment.projectId, projectId), eq(environment.slug, slug)));
  if (!row) throw notFound("environment", slug);
  return row;
}
