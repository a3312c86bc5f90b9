import { can } from "@halyard/contracts/permissions";
import type { createProjectInput, project as projectSchema, updateProjectInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, project } from "@halyard/db/schema";
import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { invalid, notFound } from "../../errors.ts";
import type { Organisation, Project as Row } from "../../scope.ts";
import { insertWithSlug } from "../../slugs.ts";
import { recordAudit } from "../audit/index.ts";
import { addEnvironments } from "../environments/index.ts";
import { lockProject, withNewEnvironments, withRevision } from "../revisions/index.ts";

export type Project = z.output<typeof projectSchema>;
type ProjectWish = Omit<z.output<typeof createProjectInput>, "organisation">;
type ProjectChanges = Omit<z.output<typeof updateProjectInput>, "organisation" | "project">;
type InProject = Acting & { readonly project: Row };

const DEFAULT_ENVIRONMENTS = ["Development", "Staging", "Production"];

/** Those that may be seen. */
export async function listProjects(db: Db, { id, grants }: Pick<Organisation, "id" | "grants">): Promise<Project[]> {
  const rows = await db.select().from(project).where(eq(project.organisationId, id)).orderBy(asc(project.id));
  return rows.filter((row) => can(grants, "VIEW_PROJECT", { organisation: id, project: row.id })).map(toProject);
}

/** With its environments, which start at version 1. */
export async function createProject(
  ctx: Acting & { readonly organisation: Pick<Organisation, "id"> },
  { name, slug, environments = DEFAULT_ENVIRONMENTS }: ProjectWish,
): Promise<Project> {
  const organisationId = ctx.organisation.id;
  const request = { actor: ctx.actor, request: ctx.request, project: undefined };
  return withNewEnvironments(ctx.revisions, request, async (tx) => {
    const row = await insertWithSlug({ name, slug, noun: "project" }, async (slug) => {
      const [made] = await tx
        .insert(project)
        .values({ organisationId, name, slug })
        .onConflictDoNothing({ target: [project.organisationId, project.slug] })
        .returning();
      return made;
    });
    await recordAudit(tx, {
      actor: ctx.actor,
      action: "project.created",
      subject: `project:${row.slug}`,
      projectId: row.id,
      after: toProject(row),
      request: ctx.request,
    });
    const made = await addEnvironments(
      tx,
      row.id,
      environments.map((name) => ({ name })),
    );
    return { result: toProject(row), made };
  });
}

/** Name and hidden flags are in every environment's answers, so each gets a revision. */
export async function updateProject(ctx: InProject, changes: ProjectChanges): Promise<Project> {
  const { id, slug } = ctx.project;
  const wanted = { name: changes.name, hideDisabledFlags: changes.hideDisabledFlags };
  const { result } = await withRevision(
    ctx.revisions,
    {
      actor: ctx.actor,
      request: ctx.request,
      kind: "project.updated",
      project: id,
      environments: "all",
      touches: { settings: true },
    },
    async (tx) => {
      const before = await getProject(tx, id);
      if (Object.values(wanted).some((it) => it !== undefined)) {
        await tx.update(project).set(wanted).where(eq(project.id, id));
      }
      const after = await getProject(tx, id);
      if (before.name !== after.name || before.hideDisabledFlags !== after.hideDisabledFlags) {
        const [was, now] = [toProject(before), toProject(after)];
        await recordAudit(tx, {
          actor: ctx.actor,
          action: "project.updated",
          subject: `project:${slug}`,
          projectId: id,
          before: was,
          after: now,
          request: ctx.request,
        });
      }
      return { result: toProject(after) };
    },
  );
  return result;
}

export async function deleteProject(ctx: InProject, confirm: string): Promise<void> {
  const { id, slug } = ctx.project;
  if (confirm !== slug) throw invalid("confirm", `Write the project's slug \`${slug}\` to delete it.`);
  await ctx.revisions.db.transaction(async (tx) => {
    await lockProject(tx, id);
    // In the order of every other writer, so that nobody waits in a circle.
    await tx
      .select({ id: environment.id })
      .from(environment)
      .where(eq(environment.projectId, id))
      .orderBy(asc(environment.id))
      .for("update");
    await recordAudit(tx, {
      actor: ctx.actor,
      action: "project.deleted",
      subject: `project:${slug}`,
      projectId: id,
      before: toProject(ctx.project),
      request: ctx.request,
    });
    await tx.delete(project).where(eq(project.id, id));
  });
}

async function getProject(tx: Db, id: number): Promise<Row> {
  const [row] = await tx.select().from(project).where(eq(project.id, id));
  if (!row) throw notFound("project", id);
  return row;
}

export const toProject = (row: Row): Project => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  hideDisabledFlags: row.hideDisabledFlags,
  createdAt: row.createdAt.toISOString(),
});
