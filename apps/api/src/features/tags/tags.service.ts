import type { tag as tagSchema } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flag, flagTag, tag } from "@halyard/db/schema";
import { and, asc, count, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { InProject } from "../../call.ts";
import { AppError, notFound } from "../../errors.ts";
import { recordAudit } from "../audit/index.ts";

export type Tag = z.output<typeof tagSchema>;

const MOST_TAGS = 1_000;

/** All of a project's, by label, with how many flags that are not archived wear each. */
export async function listTags(tx: Db, projectId: number): Promise<Tag[]> {
  return tx
    .select({ id: tag.id, label: tag.label, colour: tag.colour, description: tag.description, flags: count(flag.id) })
    .from(tag)
    .leftJoin(flagTag, eq(flagTag.tagId, tag.id))
    .leftJoin(flag, and(eq(flag.id, flagTag.flagId), isNull(flag.archivedAt)))
    .where(eq(tag.projectId, projectId))
    .groupBy(tag.id)
    .orderBy(asc(tag.label));
}

interface TagFields {
  readonly label: string;
  readonly colour: string;
  readonly description: string;
}

export async function createTag(call: InProject, wish: TagFields): Promise<Tag> {
  const { label, colour, description } = wish;
  return call.revisions.db.transaction(async (tx) => {
    const existing = await listTags(tx, call.project.id);
    refuseTaken(existing, label);
    if (existing.length >= MOST_TAGS)
      throw new AppError("conflict", `A project has at most ${MOST_TAGS} tags; delete one first.`);
    const [row] = await tx.insert(tag).values({ projectId: call.project.id, label, colour, description }).returning();
    if (!row) throw new TypeError("An insert returns its row.");
    const made = { id: row.id, label, colour, description, flags: 0 };
    await record(tx, call, { action: "tag.created", after: made });
    return made;
  });
}

export async function updateTag(
  call: InProject,
  { id, label, colour, description }: { readonly id: number } & { readonly [K in keyof TagFields]?: TagFields[K] | undefined },
): Promise<Tag> {
  return call.revisions.db.transaction(async (tx) => {
    const existing = await listTags(tx, call.project.id);
    const before = existing.find((it) => it.id === id);
    if (!before) throw notFound("tag", id);
    const others = existing.filter((it) => it !== before);
    if (label !== undefined) refuseTaken(others, label);
    const after = {
      ...before,
      label: label ?? before.label,
      colour: colour ?? before.colour,
      description: description ?? before.description,
    };
    if (JSON.stringify(after) === JSON.stringify(before)) return before;
    await tx.update(tag).set({ label: after.label, colour: after.colour, description: after.description }).where(eq(tag.id, id));
    await record(tx, call, { action: "tag.updated", before, after });
    return after;
  });
}

/** Flags lose it. */
export async function deleteTag(call: InProject, id: number): Promise<void> {
  await call.revisions.db.transaction(async (tx) => {
    const before = (await listTags(tx, call.project.id)).find((it) => it.id === id);
    if (!before) throw notFound("tag", id);
    await tx.delete(tag).where(eq(tag.id, id));
    await record(tx, call, { action: "tag.deleted", before });
  });
}

function refuseTaken(existing: readonly Tag[], label: string): void {
  const current = existing.find((it) => it.label === label);
  if (current) throw new AppError("conflict", `The tag \`${label}\` exists already; choose another label.`, { current });
}

interface TagEvent {
  readonly action: "tag.created" | "tag.updated" | "tag.deleted";
  readonly before?: Tag;
  readonly after?: Tag;
}

async function record(tx: Db, call: InProject, { action, before, after }: TagEvent): Promise<void> {
  await recordAudit(tx, {
    actor: call.actor,
    action,
    subject: `tag:${(before ?? after)?.label ?? ""}`,
    projectId: call.project.id,
    ...(before && { before }),
    ...(after && { after }),
    request: call.request,
  });
}
