import type { ImportReport, importInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment, environmentKey } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, notFound } from "../../errors.ts";
import type { Project } from "../../scope.ts";
import { addEnvironments } from "../environments/index.ts";
import { withRevision } from "../revisions/index.ts";
import { type Applied, applyPlan, reserveSeeds } from "./apply.ts";
import type { ImportPlan } from "./plan.ts";
import { readImport } from "./read-file.ts";

export type ImportWish = Omit<z.output<typeof importInput>, "organisation" | "project">;

/** Thrown out of a dry run's transaction, so that everything it tried is undone. */
class DryRun extends Error {
  readonly applied: Applied;
  constructor(applied: Applied) {
    super("A dry run changes nothing.");
    this.applied = applied;
  }
}

/** All or nothing; a dry run does the same work and takes it back, so its report is what would happen. */
export async function runImport(
  ctx: Acting & { readonly project: Pick<Project, "id"> },
  wish: ImportWish,
): Promise<ImportReport> {
  const plan = readImport(wish.data, wish);
  const applied = await apply(ctx, plan, wish).catch((error: unknown) => {
    if (error instanceof DryRun) return error.applied;
    throw error;
  });
  const entries = [...applied.entries, ...plan.refused];
  const count = (action: ImportReport["entries"][number]["action"]) => entries.filter((it) => it.action === action).length;
  return {
    format: plan.format,
    dryRun: wish.dryRun,
    created: count("created"),
    updated: count("updated"),
    skipped: count("skipped"),
    entries,
    notes: [...plan.notes],
  };
}

async function apply(
  ctx: Acting & { readonly project: Pick<Project, "id"> },
  plan: ImportPlan,
  wish: ImportWish,
): Promise<Applied> {
  const projectId = ctx.project.id;
  const { result } = await withRevision(
    ctx.revisions,
    { actor: ctx.actor, request: ctx.request, kind: "import", project: projectId, environments: "all", touches: {} },
    async (tx, environments) => {
      await reserveSeeds(tx, plan);
      const made = plan.environment && (await addEnvironment(tx, projectId, plan.environment));
      const applied = await applyPlan(tx, plan, {
        projectId,
        environments: made ? [made.id] : chosen(environments, wish.environment),
        allEnvironments: [...environments.map((it) => it.id), ...(made ? [made.id] : [])],
        made: made?.id,
        existing: wish.existing,
      });
      const result: Applied = made ? { ...applied, entries: [made.entry, ...applied.entries] } : applied;
      if (wish.dryRun) throw new DryRun(result);
      return { result, touched: { flags: applied.flags, segments: applied.segments }, made: made ? [made.id] : [] };
    },
  );
  return result;
}

function chosen(environments: readonly { readonly id: number; readonly slug: string }[], slug: string | undefined): number[] {
  if (slug === undefined) return environments.map((it) => it.id);
  const found = environments.find((it) => it.slug === slug);
  if (!found) throw notFound("environment", slug);
  return [found.id];
}

/** With the document's client-side key, so that its clients need no change. */
async function addEnvironment(tx: Db, projectId: number, planned: NonNullable<ImportPlan["environment"]>) {
  const { identities: _identities, bucketingKey, ...wish } = planned;
  const [taken] = await tx.select({ id: environment.id }).from(environment).where(eq(environment.bucketingKey, bucketingKey));
  const [keyTaken] = await tx
    .select({ id: environmentKey.id })
    .from(environmentKey)
    .where(eq(environmentKey.keyId, bucketingKey));
  if (taken || keyTaken) {
    throw new AppError(
      "conflict",
      "An environment with this document's key exists already: the document was imported before. Delete that environment first.",
    );
  }
  const [id] = await addEnvironments(tx, projectId, [{ ...wish, bucketingKey }]);
  if (id === undefined) throw new TypeError("One wish makes one environment.");
  await tx
    .insert(environmentKey)
    .values({ environmentId: id, kind: "client", name: "Imported client-side key", keyId: bucketingKey });
  return {
    id,
    entry: {
      path: "api_key",
      kind: "environment",
      name: planned.name,
      action: "created",
      note: "Its client-side key is kept.",
    } as const,
  };
}
