import type { updateEnvironmentInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, invalid, notFound } from "../../errors.ts";
import type { Environment as Row } from "../../scope.ts";
import { recordAudit } from "../audit/index.ts";
import { lockProject, withRevision } from "../revisions/index.ts";
import { type Environment, listEnvironments, toEnvironment } from "./environments.queries.ts";

type Changes = Omit<z.output<typeof updateEnvironmentInput>, "organisation" | "project" | "environment">;
type InEnvironment = Acting & { readonly environment: Row };

/** Settings that SDKs see become a revision; the others (place, colour, description, safety) an audit event. */
export async function updateEnvironment(ctx: InEnvironment, changes: Changes): Promise<Environment> {
  const { id, projectId } = ctx.environment;
  const { position } = changes;
  const wanted = {
    name: changes.name,
    description: changes.description,
    colour: changes.colour,
    safety: changes.safety,
    hideDisabledFlags: changes.hideDisabledFlags,
    allowClientTraits: changes.allowClientTraits,
    hideSensitiveData: changes.hideSensitiveData,
  };
  await withRevision(
    ctx.revisions,
    {
      actor: ctx.actor,
      request: ctx.request,
      kind: "environment.updated",
      project: projectId,
      // A new place moves the others too.
      environments: position === undefined ? [id] : "all",
      touches: { settings: true },
    },
    async (tx) => {
      const before = await getEnvironment(tx, id);
      if (Object.values(wanted).some((it) => it !== undefined)) {
        await tx.update(environment).set(wanted).where(eq(environment.id, id));
      }
      if (position !== undefined) await move(tx, before, position);
      const after = await getEnvironment(tx, id);
      await recordQuietChanges(tx, ctx, { before, after });
      return { result: undefined };
    },
  );
  return toEnvironment(await getEnvironment(ctx.revisions.db, id));
}

export async function deleteEnvironment(ctx: InEnvironment, confirm: string): Promise<void> {
  const { id, projectId, slug, name } = ctx.environment;
  if (confirm !== slug) throw invalid("confirm", `Write the environment's slug \`${slug}\` to delete it.`);
  await ctx.revisions.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const environments = await listEnvironments(tx, projectId);
    if (environments.every((it) => it.id === id)) {
      throw new AppError("conflict", `${name} is the project's only environment; make another one first, or delete the project.`);
    }
    const [gone] = await tx.delete(environment).where(eq(environment.id, id)).returning();
    if (!gone) throw notFound("environment", slug);
    const left = environments.filter((it) => it.id !== id);
    for (const [position, it] of left.entries()) await setPosition(tx, it, position);
    await recordAudit(tx, {
      actor: ctx.actor,
      action: "environment.deleted",
      subject: `environment:${slug}`,
      projectId,
      environmentId: id,
      before: toEnvironment(gone),
      request: ctx.request,
    });
  });
}

async function getEnvironment(tx: Db, id: number): Promise<Row> {
  const [row] = await tx.select().from(environment).where(eq(environment.id, id));
  if (!row) throw notFound("environment", id);
  return row;
}

async function move(tx: Db, target: Row, position: number): Promise<void> {
  const others = (await listEnvironments(tx, target.projectId)).filter((it) => it.id !== target.id);
  for (const [index, it] of others.toSpliced(position, 0, target).entries()) await setPosition(tx, it, index);
}

async function setPosition(tx: Db, target: Row, position: number): Promise<void> {
  if (target.position !== position) await tx.update(environment).set({ position }).where(eq(environment.id, target.id));
}

const QUIET = ["description", "position", "colour", "safety"] as const;

async function recordQuietChanges(
  tx: Db,
  ctx: InEnvironment,
  { before, after }: { readonly before: Row; readonly after: Row },
): Promise<void> {
  const changed = QUIET.filter((field) => before[field] !== after[field]);
  if (changed.length === 0) return;
  await recordAudit(tx, {
    actor: ctx.actor,
    action: "environment.updated",
    subject: `environment:${before.slug}`,
    projectId: before.projectId,
    environmentId: before.id,
    before: Object.fromEntries(changed.map((field) => [field, before[field]])),
    after: Object.fromEntries(changed.map((field) => [field, after[field]])),
    request: ctx.request,
  });
}
