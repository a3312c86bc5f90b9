import type { JsonSchema, updateFlagInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flag, flagOwner, flagTag } from "@halyard/db/schema";
import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { InProject } from "../../call.ts";
import { invalid, notFound } from "../../errors.ts";
import { recordAudit } from "../audit/index.ts";
import { addFlagTags } from "./create-flag.ts";
import { refuseMisfits } from "./existing-values.ts";
import { type FlagSummary, readFlagSummaries } from "./flag-summary.queries.ts";
import { type FlagRow, findMembers, getFlag, listTagLabels } from "./flags.queries.ts";
import { findExpected, reviseFlag } from "./revise-flag.ts";
import { checkValueSchema } from "./value-schema.ts";
import { checkValue } from "./values.ts";

type FlagChanges = Omit<z.output<typeof updateFlagInput>, "organisation" | "project">;

/** Description, `serverOnly` and the default become a revision; schema, tags and owners, which no SDK sees, an audit event. */
export async function updateFlag(call: InProject, changes: FlagChanges): Promise<FlagSummary> {
  const { flag: key, description, serverOnly, valueSchema, defaultValue, tags, owners, comment } = changes;
  await reviseFlag(
    call,
    {
      key,
      kind: "flag.updated",
      comment,
      environments: "all",
      about: defaultValue === undefined ? [] : [`flag:${key}`],
      expected: await findExpected(call, changes.expected),
    },
    async (tx, row) => {
      const now = {
        ...row,
        ...(valueSchema !== undefined && { valueSchema }),
        ...(defaultValue !== undefined && { defaultValue }),
      };
      checkValueSchema(now);
      if (defaultValue !== undefined) checkValue("defaultValue", now, defaultValue);
      if (valueSchema !== undefined) await refuseMisfits(tx, now, now);
      if ([description, serverOnly, defaultValue, valueSchema].some((it) => it !== undefined)) {
        await tx.update(flag).set({ description, serverOnly, defaultValue, valueSchema }).where(eq(flag.id, row.id));
      }
      if (JSON.stringify(now.valueSchema) !== JSON.stringify(row.valueSchema)) {
        const [before, after] = [row.valueSchema, now.valueSchema];
        await recordQuietChange(tx, { call, flag: row, field: "valueSchema", before, after });
      }
      if (tags !== undefined) await replaceTags(tx, { call, flag: row, tags });
      if (owners !== undefined) await replaceOwners(tx, { call, flag: row, owners });
    },
  );
  return getFlagSummary(call, key);
}

export async function getFlagSummary({ revisions, project }: InProject, key: string): Promise<FlagSummary> {
  const [summary] = await readFlagSummaries(revisions.db, [await getFlag(revisions.db, project.id, key)], undefined);
  if (!summary) throw notFound("flag", key);
  return summary;
}

interface OfFlag {
  readonly call: InProject;
  readonly flag: FlagRow;
}

async function replaceTags(tx: Db, { call, flag: row, tags }: OfFlag & { readonly tags: readonly string[] }): Promise<void> {
  const before = await listTagLabels(tx, row.id);
  const after = [...new Set(tags)];
  if (isSameSet(before, after)) return;
  await tx.delete(flagTag).where(eq(flagTag.flagId, row.id));
  await addFlagTags(tx, row, after);
  await recordQuietChange(tx, { call, flag: row, field: "tags", before, after });
}

async function replaceOwners(
  tx: Db,
  { call, flag: row, owners }: OfFlag & { readonly owners: readonly string[] },
): Promise<void> {
  const rows = await tx
    .select({ userId: flagOwner.userId })
    .from(flagOwner)
    .where(eq(flagOwner.flagId, row.id))
    .orderBy(asc(flagOwner.userId));
  const before = rows.map((it) => it.userId);
  const after = [...new Set(owners)];
  const members = await findMembers(tx, call.project.organisationId, after);
  const stranger = owners.findIndex((it) => !members.includes(it));
  if (stranger >= 0) {
    throw invalid(
      `owners.${stranger}`,
      `\`${owners[stranger]}\` is no member of this organisation; owners are user ids of members.`,
    );
  }
  if (isSameSet(before, after)) return;
  await tx.delete(flagOwner).where(eq(flagOwner.flagId, row.id));
  if (after.length > 0) await tx.insert(flagOwner).values(after.map((userId) => ({ flagId: row.id, userId })));
  await recordQuietChange(tx, { call, flag: row, field: "owners", before, after });
}

const isSameSet = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((it) => b.includes(it));

interface QuietChange extends OfFlag {
  readonly field: "tags" | "owners" | "valueSchema";
  readonly before: readonly string[] | JsonSchema | null;
  readonly after: readonly string[] | JsonSchema | null;
}

async function recordQuietChange(tx: Db, { call, flag: row, field, before, after }: QuietChange): Promise<void> {
  await recordAudit(tx, {
    actor: call.actor,
    action: "flag.updated",
    subject: `flag:${row.key}`,
    projectId: row.projectId,
    before: { [field]: before },
    after: { [field]: after },
    request: call.request,
  });
}
