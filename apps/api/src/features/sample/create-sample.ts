import { createHash } from "node:crypto";
import type { Db } from "@halyard/db";
import { environment, flag, flagState, identity, identityOverride, trait } from "@halyard/db/schema";
import { and, eq } from "drizzle-orm";
import type { Acting } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { findProject, type Organisation } from "../../scope.ts";
import { createFlag, setFlagState, setSegmentOverride } from "../flags/index.ts";
import { runImport } from "../imports/index.ts";
import { createProject } from "../projects/index.ts";
import { withRevision } from "../revisions/index.ts";
import { createSegment } from "../segments/index.ts";
import { createTag } from "../tags/index.ts";
import dashboardFlags from "./dashboard-flags.json" with { type: "json" };
import { FLAGS, IDENTITIES, IDENTITY_OVERRIDE, OVERRIDES, SEGMENTS, type ShopIdentity, STALE, TAGS } from "./shop.ts";

const DAY_MS = 86_400_000;
const NAME = "Sample shop";

/** The project a first start shows: Flagsmith's own published list of flags, imported, and a small shop that tells a story. */
export async function createSample(ctx: Acting & { readonly organisation: Pick<Organisation, "id"> }): Promise<void> {
  const { db } = ctx.revisions;
  const made = await createProject(ctx, { name: NAME });
  const project = await findProject(db, ctx.organisation.id, made.slug);
  const inProject = { ...ctx, project };
  for (const it of TAGS) await createTag(inProject, it);
  for (const it of SEGMENTS) await createSegment(inProject, it);
  for (const it of FLAGS) {
    await createFlag(inProject, { enabled: false, variants: [], serverOnly: false, tags: [], ...it });
  }
  await runImport(inProject, { data: dashboardFlags, duplicates: "skip", existing: "skip", dryRun: false });

  const production = await findProduction(db, project.id);
  const inProduction = { ...inProject, environment: production };
  for (const it of OVERRIDES) await setSegmentOverride(inProduction, it);
  await setFlagState(inProduction, { flag: "try_it", enabled: true, comment: "The dashboard shows its try-it buttons" });
  await addIdentities(inProduction);
  await age(db, project.id);
}

async function findProduction(db: Db, projectId: number) {
  const [row] = await db
    .select()
    .from(environment)
    .where(and(eq(environment.projectId, projectId), eq(environment.slug, "production")));
  if (!row) throw notFound("environment", "production");
  return row;
}

type InProduction = Acting & { readonly project: { readonly id: number }; readonly environment: { readonly id: number } };

async function addIdentities(ctx: InProduction): Promise<void> {
  const environmentId = ctx.environment.id;
  const { identifier, enabled, flag: key } = IDENTITY_OVERRIDE;
  const request = {
    actor: ctx.actor,
    kind: "identity-override.set" as const,
    project: ctx.project.id,
    environments: [environmentId],
    touches: {},
    about: [`flag:${key}`],
    comment: "Grace tries it from the other side of the ocean",
  };
  await withRevision(ctx.revisions, request, async (tx) => {
    const ids = new Map<string, number>();
    for (const it of IDENTITIES) ids.set(it.identifier, await addIdentity(tx, environmentId, it));
    const identityId = ids.get(identifier) ?? 0;
    const [overridden] = await tx
      .select({ id: flag.id })
      .from(flag)
      .where(and(eq(flag.projectId, ctx.project.id), eq(flag.key, key)));
    if (!overridden) throw notFound("flag", key);
    await tx.insert(identityOverride).values({ environmentId, identityId, flagId: overridden.id, enabled, value: null });
    return { result: undefined, touched: { identities: [identityId] } };
  });
}

async function addIdentity(tx: Db, environmentId: number, it: ShopIdentity): Promise<number> {
  const identifierHash = createHash("sha256").update(it.identifier).digest();
  const [row] = await tx.insert(identity).values({ environmentId, identifier: it.identifier, identifierHash }).returning();
  if (!row) throw new TypeError("An insert returns its row.");
  await tx.insert(trait).values(Object.entries(it.traits).map(([key, value]) => ({ identityId: row.id, key, value })));
  return row.id;
}

/** Makes the forgotten flag look forgotten. */
async function age(db: Db, projectId: number): Promise<void> {
  const then = new Date(Date.now() - STALE.ageDays * DAY_MS);
  const [row] = await db
    .update(flag)
    .set({ createdAt: then })
    .where(and(eq(flag.projectId, projectId), eq(flag.key, STALE.flag)))
    .returning({ id: flag.id });
  if (row) await db.update(flagState).set({ updatedAt: then }).where(eq(flagState.flagId, row.id));
}
