import { randomBytes } from "node:crypto";
import type { createEnvironmentInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment } from "@halyard/db/schema";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { Project } from "../../scope.ts";
import { insertWithSlug } from "../../slugs.ts";
import { insertEnvironmentKey } from "../keys/index.ts";
import { withNewEnvironments } from "../revisions/index.ts";
import { type Environment, insertDefaultStates, listEnvironments, toEnvironment } from "./environments.queries.ts";

export type EnvironmentWish = Omit<z.output<typeof createEnvironmentInput>, "organisation" | "project"> & {
  /** Kept by imports, so that nobody changes bucket. @default made */
  readonly bucketingKey?: string | undefined;
};

/** Green, red and amber already say on, danger and scheduled, so no environment wears them. */
const COLOURS = ["#2f7dd1", "#8a5cd1", "#1e3a5f", "#b5408f", "#4f5bd5", "#64748b"] as const;
const MOST_ENVIRONMENTS = 100;

/** Starts at version 1 with every flag in its default state and one client-side key. */
export async function createEnvironment(
  ctx: Acting & { readonly project: Pick<Project, "id"> },
  wish: EnvironmentWish,
): Promise<Environment> {
  const request = { actor: ctx.actor, request: ctx.request, project: ctx.project.id };
  const id = await withNewEnvironments(ctx.revisions, request, async (tx) => {
    const made = await addEnvironments(tx, ctx.project.id, [wish]);
    return { result: made[0], made };
  });
  const [row] = await ctx.revisions.db
    .select()
    .from(environment)
    .where(eq(environment.id, id ?? 0));
  if (!row) throw new AppError("conflict", `The environment ${wish.name} was deleted at once by somebody else.`);
  return toEnvironment(row);
}

/** For writes that already run inside `withNewEnvironments`. @returns the new ids */
export async function addEnvironments(tx: Db, projectId: number, wishes: readonly EnvironmentWish[]): Promise<number[]> {
  const existing = await listEnvironments(tx, projectId);
  if (existing.length + wishes.length > MOST_ENVIRONMENTS) {
    throw new AppError("conflict", `A project has at most ${MOST_ENVIRONMENTS} environments; delete one first.`);
  }
  const first = Math.max(-1, ...existing.map((it) => it.position)) + 1;
  const ids: number[] = [];
  for (const [index, wish] of wishes.entries())
    ids.push(await insertEnvironment(tx, projectId, { wish, position: first + index }));
  return ids;
}

async function insertEnvironment(
  tx: Db,
  projectId: number,
  { wish, position }: { readonly wish: EnvironmentWish; readonly position: number },
): Promise<number> {
  const { name, slug, bucketingKey, ...settings } = wish;
  const row = await insertWithSlug({ name, slug, noun: "environment" }, async (slug) => {
    const [made] = await tx
      .insert(environment)
      .values({
        projectId,
        name,
        slug,
        position,
        description: settings.description ?? "",
        colour: settings.colour ?? COLOURS[position % COLOURS.length] ?? COLOURS[0],
        safety: settings.safety ?? (/^prod/i.test(name) ? "confirm" : "free"),
        hideDisabledFlags: settings.hideDisabledFlags ?? null,
        allowClientTraits: settings.allowClientTraits ?? true,
        hideSensitiveData: settings.hideSensitiveData ?? false,
        bucketingKey: bucketingKey ?? randomWord(16),
        epoch: randomWord(6),
        // Before anything was answered; the first revision sets it to now.
        documentUpdatedAt: new Date(0),
        clockAt: sql`date_trunc('milliseconds', clock_timestamp())`,
      })
      .onConflictDoNothing({ target: [environment.projectId, environment.slug] })
      .returning({ id: environment.id, projectId: environment.projectId });
    return made;
  });
  await insertDefaultStates(tx, row);
  await insertEnvironmentKey(tx, row.id, { kind: "client", name: "Client-side" });
  return row.id;
}

const randomWord = (bytes: number): string => randomBytes(bytes).toString("hex");
