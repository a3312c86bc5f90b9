import type { Db } from "@halyard/db";
import { environment, flagState, identity, identityOverride, segment, segmentOverride } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { asc, count, eq, min } from "drizzle-orm";
import { AppError } from "../../errors.ts";
import { type FlagRow, listVariants } from "./flags.queries.ts";
import { findMisfits, misfitWords, type ValueRule } from "./value-schema.ts";
import { variantName } from "./values.ts";

/** How many places a refusal names. */
const MOST_NAMED = 10;

interface PlacedValue {
  /** Whose it is, for people. */
  readonly place: string;
  readonly value: JsonValue;
}

/** @throws AppError `conflict` naming the values of the flag, wherever they stand, that do not satisfy the schema */
export async function refuseMisfits(tx: Db, flag: FlagRow, rule: ValueRule): Promise<void> {
  const found = findMisfits(rule, await readValues(tx, flag), MOST_NAMED + 1);
  if (found.length === 0) return;
  const named = found.slice(0, MOST_NAMED).map(({ of, misfits }) => `${of.place} (${misfitWords(misfits)})`);
  const more = found.length > MOST_NAMED ? ", and more" : "";
  const fields = named.map((message) => ({ path: "valueSchema", message }));
  throw new AppError("conflict", `Values of the flag do not satisfy the schema: ${named.join(", ")}${more}. Change them first.`, {
    fields,
  });
}

async function readValues(tx: Db, flag: FlagRow): Promise<PlacedValue[]> {
  return [
    { place: "`defaultValue` of new environments", value: flag.defaultValue ?? null },
    ...(await listVariants(tx, flag.id)).map((it) => ({ place: `variant \`${variantName(it)}\``, value: it.value ?? null })),
    ...(await readStates(tx, flag.id)),
    ...(await readSegmentOverrides(tx, flag.id)),
    ...(await readIdentityOverrides(tx, flag.id)),
  ];
}

async function readStates(tx: Db, flagId: number): Promise<PlacedValue[]> {
  const rows = await tx
    .select({ slug: environment.slug, value: flagState.value })
    .from(flagState)
    .innerJoin(environment, eq(environment.id, flagState.environmentId))
    .where(eq(flagState.flagId, flagId))
    .orderBy(asc(environment.position), asc(environment.id));
  return rows.map(({ slug, value }) => ({ place: `environment \`${slug}\``, value }));
}

async function readSegmentOverrides(tx: Db, flagId: number): Promise<PlacedValue[]> {
  const rows = await tx
    .select({ slug: environment.slug, segment: segment.key, value: segmentOverride.value })
    .from(segmentOverride)
    .innerJoin(environment, eq(environment.id, segmentOverride.environmentId))
    .innerJoin(segment, eq(segment.id, segmentOverride.segmentId))
    .where(eq(segmentOverride.flagId, flagId))
    .orderBy(asc(environment.position), asc(environment.id), asc(segmentOverride.priority));
  return rows.map((it) => ({ place: `segment \`${it.segment}\` in \`${it.slug}\``, value: it.value }));
}

/** Thousands of identities may have a few values among them. */
async function readIdentityOverrides(tx: Db, flagId: number): Promise<PlacedValue[]> {
  const rows = await tx
    .select({ slug: environment.slug, identifier: min(identity.identifier), people: count(), value: identityOverride.value })
    .from(identityOverride)
    .innerJoin(environment, eq(environment.id, identityOverride.environmentId))
    .innerJoin(identity, eq(identity.id, identityOverride.identityId))
    .where(eq(identityOverride.flagId, flagId))
    .groupBy(environment.id, identityOverride.value)
    .orderBy(asc(environment.position), asc(environment.id), asc(min(identity.identifier)));
  return rows.map(({ slug, identifier, people, value }) => {
    const others = people > 1 ? ` and ${people - 1} more` : "";
    return { place: `identity \`${identifier?.slice(0, 100)}\`${others} in \`${slug}\``, value };
  });
}
