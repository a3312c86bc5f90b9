import type { Role } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, member, organisation, project } from "@halyard/db/schema";
import { and, eq } from "drizzle-orm";
import type { Actor } from "./actor.ts";
import { notFound } from "./errors.ts";

export type Organisation = typeof organisation.$inferSelect & { readonly role: Role };
export type Project = typeof project.$inferSelect;
export type Environment = typeof environment.$inferSelect;

/** @throws AppError `not_found` also where it exists and the actor has no part in it */
export async function findOrganisation(db: Db, actor: Actor, slug: string): Promise<Organisation> {
  const [row] = await db.select().from(organisation).where(eq(organisation.slug, slug));
  const role = row && (await roleIn(db, actor, row.id));
  if (!row || !role) throw notFound("organisation", slug);
  return { ...row, role };
}

async function roleIn(db: Db, actor: Actor, organisationId: number): Promise<Role | undefined> {
  if (actor.kind === "system") return "administrator";
  if (actor.kind === "program") return actor.organisationId === organisationId ? actor.role : undefined;
  const [row] = await db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organisationId, organisationId), eq(member.userId, actor.userId)));
  return row?.role;
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
