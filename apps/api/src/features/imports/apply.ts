import { createHash } from "node:crypto";
import type { Db } from "@halyard/db";
import { flag, flagState, identity, identityOverride, segment, segmentOverride, variant } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { and, eq, sql } from "drizzle-orm";
import { insertFlag, misfitsOf, misfitWords, type ValueRule } from "../flags/index.ts";
import { insertSegment } from "../segments/index.ts";
import type { ImportEntry, ImportPlan, PlannedFlag, PlannedSegment, PlannedState } from "./plan.ts";

export interface Target {
  readonly projectId: number;
  /** Environments that get the file's states; the others get the defaults. */
  readonly environments: readonly number[];
  readonly allEnvironments: readonly number[];
  /** The environment the document brought, which gets segment and identity overrides. */
  readonly made: number | undefined;
  readonly existing: "skip" | "overwrite";
}

export interface Applied {
  readonly entries: readonly ImportEntry[];
  readonly flags: readonly number[];
  readonly segments: readonly number[];
}

/** A flag of the project and the ids its options have here, by their ids in the file. */
interface KnownFlag extends ValueRule {
  readonly id: number;
  readonly options: ReadonlyMap<number, number>;
}

/** Writes a plan's rows. Runs inside the transaction of the revision that announces them. */
export async function applyPlan(tx: Db, plan: ImportPlan, target: Target): Promise<Applied> {
  const entries: ImportEntry[] = [];
  const known = new Map<string, KnownFlag>();
  for (const planned of plan.flags) {
    const { entry, flag } = await putFlag(tx, planned, target);
    entries.push(entry);
    known.set(planned.key, flag);
  }
  const segments: number[] = [];
  for (const planned of plan.segments) {
    const made = await putSegment(tx, planned, { target, known });
    segments.push(made.id);
    entries.push(...made.entries);
  }
  if (plan.environment && target.made !== undefined) {
    for (const it of plan.environment.identities)
      entries.push(...(await putIdentity(tx, it, { environmentId: target.made, known })));
  }
  return { entries, flags: [...known.values()].map((it) => it.id), segments };
}

async function putFlag(tx: Db, planned: PlannedFlag, target: Target): Promise<{ entry: ImportEntry; flag: KnownFlag }> {
  const [existing] = await tx
    .select()
    .from(flag)
    .where(and(eq(flag.projectId, target.projectId), sql`lower(${flag.key}) = ${planned.key.toLowerCase()}`));
  const entry = { path: planned.path, kind: "flag", name: planned.key } as const;
  if (!existing) {
    const made = await makeFlag(tx, planned, target);
    return { entry: { ...entry, action: "created", note: planned.note }, flag: made };
  }
  const { id, valueType, valueSchema } = existing;
  const unfit = whyUnfit(existing, [planned.state.value, ...planned.variants.map((it) => it.value)]);
  const options = await putOptions(tx, id, { ...planned, variants: unfit === undefined ? planned.variants : [] });
  const known = { id, options, valueType, valueSchema };
  if (unfit !== undefined) return { entry: { ...entry, action: "skipped", note: `${unfit} It was left as it is.` }, flag: known };
  if (existing.valueType !== planned.valueType) {
    const note = `A flag \`${existing.key}\` exists with another value type (${existing.valueType}, not ${planned.valueType}); it was left as it is.`;
    return { entry: { ...entry, action: "skipped", note }, flag: known };
  }
  // An environment that came with the file is empty: nobody's state is overwritten there.
  const into = target.existing === "overwrite" ? target.environments : target.environments.filter((id) => id === target.made);
  for (const environmentId of into) await putState(tx, { flagId: existing.id, environmentId }, toRow(planned.state, options));
  if (into.length > 0) return { entry: { ...entry, action: "updated", note: planned.note }, flag: known };
  return { entry: { ...entry, action: "skipped", note: "A flag with this key exists; it was left as it is." }, flag: known };
}

async function makeFlag(tx: Db, planned: PlannedFlag, target: Target): Promise<KnownFlag> {
  const { key, description, valueType, serverOnly, defaultEnabled, defaultValue } = planned;
  const values = { key, description, valueType, serverOnly, defaultEnabled, defaultValue };
  const { id } = await insertFlag(tx, { projectId: target.projectId, ...values });
  const options = await putOptions(tx, id, planned);
  const weights = planned.variants.flatMap((it) => {
    const variantId = options.get(it.source);
    return variantId === undefined ? [] : [{ variantId, weight: it.defaultWeight }];
  });
  for (const environmentId of target.allEnvironments) {
    const state = target.environments.includes(environmentId)
      ? toRow(planned.state, options)
      : { enabled: defaultEnabled, value: defaultValue, weights };
    await putState(tx, { flagId: id, environmentId }, state);
  }
  return { id, options, valueType, valueSchema: null };
}

/** What a flag that was here before says against the file's values; undefined for nothing. */
function whyUnfit(rule: ValueRule, values: readonly JsonValue[]): string | undefined {
  for (const value of values) {
    const misfits = misfitsOf(rule, value, "value");
    if (misfits.length > 0) return `Its value does not satisfy the flag's schema: ${misfitWords(misfits)}.`;
  }
  return undefined;
}

/** Makes the options that are missing; one is known again by its key, or without one by its value. */
async function putOptions(tx: Db, flagId: number, planned: PlannedFlag): Promise<ReadonlyMap<number, number>> {
  const options = new Map<number, number>();
  const present = await tx.select().from(variant).where(eq(variant.flagId, flagId));
  for (const it of planned.variants) {
    const same = present.find((row) =>
      it.key === null ? row.key === null && JSON.stringify(row.value) === JSON.stringify(it.value) : row.key === it.key,
    );
    if (same && ![...options.values()].includes(same.id)) {
      options.set(it.source, same.id);
      continue;
    }
    const [row] = await tx
      .insert(variant)
      .values({ flagId, key: it.key, value: it.value, defaultWeight: it.defaultWeight })
      .returning({ id: variant.id });
    if (row) options.set(it.source, row.id);
  }
  return options;
}

type StateRow = ReturnType<typeof toRow>;

function toRow(state: PlannedState, options: ReadonlyMap<number, number>) {
  const weights = state.weights.flatMap((it) => {
    const variantId = options.get(it.source);
    return variantId === undefined ? [] : [{ variantId, weight: it.weight }];
  });
  return { enabled: state.enabled, value: state.value, weights, ...(state.seed !== undefined && { seed: state.seed }) };
}

async function putState(tx: Db, at: { readonly flagId: number; readonly environmentId: number }, state: StateRow): Promise<void> {
  await tx
    .insert(flagState)
    .values({ ...at, ...state })
    .onConflictDoUpdate({ target: [flagState.environmentId, flagState.flagId], set: { ...state, updatedAt: new Date() } });
}

interface Around {
  readonly target: Target;
  readonly known: ReadonlyMap<string, KnownFlag>;
}

async function putSegment(
  tx: Db,
  planned: PlannedSegment,
  { target, known }: Around,
): Promise<{ id: number; entries: ImportEntry[] }> {
  const { id, entry } = await findOrInsertSegment(tx, planned, target.projectId);
  const entries = [entry];
  if (target.made === undefined) return { id, entries };
  for (const [index, override] of planned.overrides.entries()) {
    const flag = known.get(override.flag);
    if (!flag) continue;
    const entry = {
      path: `${planned.path}.feature_states[${index}]`,
      kind: "override",
      name: `${override.flag} for ${planned.name}`,
    } as const;
    const unfit = whyUnfit(flag, [override.state.value]);
    if (unfit !== undefined) {
      entries.push({ ...entry, action: "skipped", note: unfit });
      continue;
    }
    await tx.insert(segmentOverride).values({
      environmentId: target.made,
      flagId: flag.id,
      segmentId: id,
      priority: override.priority,
      ...toRow(override.state, flag.options),
    });
    entries.push({ ...entry, action: "created", note: null });
  }
  return { id, entries };
}

async function findOrInsertSegment(
  tx: Db,
  planned: PlannedSegment,
  projectId: number,
): Promise<{ id: number; entry: ImportEntry }> {
  const entry = { path: planned.path, kind: "segment", name: planned.name } as const;
  const present = await tx.select().from(segment).where(eq(segment.projectId, projectId));
  const same = present.find((it) => it.seed === planned.seed);
  if (same?.name === planned.name && canonical(same.rules) === canonical(planned.rules)) {
    return { id: same.id, entry: { ...entry, action: "skipped", note: "The same segment exists; it is used." } };
  }
  const { id } = await insertSegment(tx, {
    projectId,
    name: planned.name,
    rules: planned.rules,
    ...(!same && { seed: planned.seed }),
  });
  const note = same
    ? `Another segment has the id ${planned.seed}, so this one got its own: its percentage splits fall anew.`
    : null;
  return { id, entry: { ...entry, action: "created", note } };
}

/** Rules as comparable text; jsonb does not keep the order of members. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, it: unknown) =>
    typeof it === "object" && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );

type PlannedIdentity = NonNullable<ImportPlan["environment"]>["identities"][number];

async function putIdentity(
  tx: Db,
  planned: PlannedIdentity,
  { environmentId, known }: { readonly environmentId: number; readonly known: ReadonlyMap<string, KnownFlag> },
): Promise<ImportEntry[]> {
  const refused: ImportEntry[] = [];
  const [row] = await tx
    .insert(identity)
    .values({
      environmentId,
      identifier: planned.identifier,
      identifierHash: createHash("sha256").update(planned.identifier).digest(),
    })
    // An identifier may stand in the file twice; the last of its overrides of a flag wins, as in Flagsmith's SDKs.
    .onConflictDoUpdate({ target: [identity.environmentId, identity.identifierHash], set: { identifier: planned.identifier } })
    .returning({ id: identity.id });
  if (!row) throw new TypeError("An upsert returns its row.");
  for (const override of planned.overrides) {
    const flag = known.get(override.flag);
    if (!flag) continue;
    const unfit = whyUnfit(flag, [override.state.value]);
    if (unfit !== undefined) {
      const name = `${override.flag} for ${planned.identifier}`;
      refused.push({ path: planned.path, kind: "override", name, action: "skipped", note: unfit });
      continue;
    }
    const state = toRow(override.state, flag.options);
    await tx
      .insert(identityOverride)
      .values({ environmentId, identityId: row.id, flagId: flag.id, ...state })
      .onConflictDoUpdate({ target: [identityOverride.identityId, identityOverride.flagId], set: state });
  }
  return [{ path: planned.path, kind: "identity", name: planned.identifier, action: "created", note: null }, ...refused];
}

/** Moves the source of seeds past every imported one, or a flag made from now on could get a seed that is taken. Call it before all else. */
export async function reserveSeeds(tx: Db, plan: ImportPlan): Promise<void> {
  const seeds = [
    ...plan.segments.flatMap((it) => [it.seed, ...it.overrides.map((one) => one.state.seed)]),
    ...plan.flags.map((it) => it.state.seed),
    ...(plan.environment?.identities.flatMap((it) => it.overrides.map((one) => one.state.seed)) ?? []),
  ];
  const highest = Math.max(0, ...seeds.map(Number).filter(Number.isSafeInteger));
  if (highest > 0)
    await tx.execute(sql`select setval('bucketing_seed', greatest(${highest}, (select last_value from bucketing_seed)))`);
}
