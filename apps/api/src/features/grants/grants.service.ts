import { can, isPermission, type Place, ROLE_PERMISSIONS, withViews } from "@halyard/contracts/permissions";
import type { createGrantInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { apiKey, member, roleGrant, tag } from "@halyard/db/schema";
import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, invalid, notFound } from "../../errors.ts";
import { type Asker, demand, type Site, siteOf } from "../../permissions/demand.ts";
import { refuseMoreThanOwn } from "../../permissions/escalation.ts";
import { readGrants } from "../../permissions/grants.queries.ts";
import { findVisibleEnvironment, findVisibleProject, type Organisation } from "../../scope.ts";
import { recordAudit } from "../audit/index.ts";
import { lockGroup } from "../groups/index.ts";
import { lockRole } from "../roles/index.ts";
import { type GrantRow, type GrantView, readGrantViews } from "./grants.queries.ts";

type Wish = Omit<z.output<typeof createGrantInput>, "organisation">;
type InOrganisation = Acting & Asker & { readonly organisation: Organisation };

/** Those in places where the caller may see people, or manage access. */
export async function listGrants(ctx: InOrganisation): Promise<GrantView[]> {
  const all = await readGrantViews(ctx.db, ctx.organisation.id);
  const seesAll = can(ctx.grants, "VIEW_MEMBERS", { organisation: ctx.organisation.id });
  return all.filter(({ row }) => seesAll || can(ctx.grants, "MANAGE_ACCESS", placeOf(row))).map(({ view }) => view);
}

/** @throws AppError `conflict` where the same was granted before, `forbidden` for more than the caller holds in that place */
export async function createGrant(ctx: InOrganisation, wish: Wish): Promise<GrantView> {
  refuseUnclear(wish);
  const site = await findSite(ctx, wish);
  await demand(ctx, ["MANAGE_ACCESS"], site);
  const { organisation: organisationId, project: projectId = null, environment: environmentId = null } = site;
  return ctx.revisions.db.transaction(async (tx) => {
    const subject = await findSubject(tx, organisationId, wish);
    const tagIds = wish.tags === undefined ? null : await findTagIds(tx, projectId, wish.tags);
    const custom = wish.customRole === undefined ? undefined : await lockRole(tx, organisationId, wish.customRole);
    const permissions = custom ? withViews(custom.permissions.filter(isPermission)) : ROLE_PERMISSIONS[wish.role ?? "viewer"];
    await refuseMoreThanOwn({ ...ctx, db: tx }, [{ place: site, permissions, tags: tagIds }]);
    const row = { ...subject, organisationId, projectId, environmentId, tagIds, role: wish.role, customRoleId: custom?.id };
    const [made] = await tx.insert(roleGrant).values(row).returning();
    if (!made) throw new TypeError("An insert returns its row.");
    const view = await viewOf(tx, made);
    await refuseDouble(tx, made, view);
    await audit(tx, ctx, { action: "grant.created", row: made, after: view });
    return view;
  });
}

/** Needs what granting it would need. */
export async function deleteGrant(ctx: InOrganisation, id: number): Promise<void> {
  await ctx.revisions.db.transaction(async (tx) => {
    const own = and(eq(roleGrant.id, id), eq(roleGrant.organisationId, ctx.organisation.id));
    const [row] = await tx.select().from(roleGrant).where(own).for("update");
    // Who may not even see the place is not told that something is granted there.
    if (!row || !seesPlace(ctx, placeOf(row))) throw notFound("grant", id);
    const view = await viewOf(tx, row);
    const name = view.environment ?? view.project ?? ctx.organisation.name;
    await demand({ ...ctx, db: tx }, ["MANAGE_ACCESS"], { ...placeOf(row), name });
    await refuseMoreThanOwn({ ...ctx, db: tx }, await readGrants(tx, own));
    await tx.delete(roleGrant).where(own);
    await audit(tx, ctx, { action: "grant.deleted", row, before: view });
  });
}

const seesPlace = ({ grants }: Asker, place: Place): boolean =>
  can(grants, "VIEW_MEMBERS", { organisation: place.organisation }) ||
  can(grants, place.environment === undefined ? "VIEW_PROJECT" : "VIEW_ENVIRONMENT", place);

const placeOf = ({ organisationId, projectId, environmentId }: GrantRow): Place => ({
  organisation: organisationId,
  project: projectId ?? undefined,
  environment: environmentId ?? undefined,
});

function refuseUnclear({ member, group, apiKey, role, customRole, project, environment, tags }: Wish): void {
  const given = (values: readonly unknown[]) => values.filter((it) => it !== undefined).length;
  if (given([member, group, apiKey]) !== 1) throw invalid("member", "Name one of `member`, `group` and `apiKey`.");
  if (given([role, customRole]) !== 1) throw invalid("role", "Name one of `role` and `customRole`.");
  if (environment !== undefined && project === undefined) throw invalid("project", "Name the environment's project too.");
  if (tags !== undefined && project === undefined) throw invalid("project", "Name the project whose tags these are.");
}

async function findSite(ctx: InOrganisation, wish: Wish): Promise<Site> {
  const { db, organisation, grants } = ctx;
  if (wish.project === undefined) return siteOf({ organisation });
  const project = await findVisibleProject(db, organisation, wish.project);
  if (wish.environment === undefined) return siteOf({ organisation, project });
  const environment = await findVisibleEnvironment(db, { project, grants }, wish.environment);
  return siteOf({ organisation, project, environment });
}

async function findSubject(tx: Db, organisationId: number, wish: Wish): Promise<Partial<GrantRow>> {
  if (wish.group !== undefined) return { groupId: (await lockGroup(tx, organisationId, wish.group)).id };
  if (wish.apiKey !== undefined) {
    const own = and(eq(apiKey.id, wish.apiKey), eq(apiKey.organisationId, organisationId));
    const [row] = await tx.select().from(apiKey).where(own).for("update");
    if (!row) throw notFound("API key", wish.apiKey);
    return { apiKeyId: row.id };
  }
  const own = and(eq(member.userId, wish.member ?? ""), eq(member.organisationId, organisationId));
  const [row] = await tx.select().from(member).where(own).for("update");
  if (!row) throw notFound("member", wish.member ?? "");
  return { memberId: row.id };
}

async function findTagIds(tx: Db, projectId: number | null, labels: readonly string[]): Promise<number[]> {
  const wanted = [...new Set(labels)];
  const rows = await tx
    .select({ id: tag.id, label: tag.label })
    .from(tag)
    .where(and(eq(tag.projectId, projectId ?? 0), inArray(tag.label, wanted)));
  const missing = labels.findIndex((label) => !rows.some((row) => row.label === label));
  if (missing >= 0) throw invalid(`tags.${missing}`, `The project has no tag \`${labels[missing]}\`; make it first.`);
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

/** The subject's row is locked, so nobody grants the same at this moment. */
async function refuseDouble(tx: Db, made: GrantRow, view: GrantView): Promise<void> {
  const subjects = { member: roleGrant.memberId, group: roleGrant.groupId, "api-key": roleGrant.apiKeyId };
  const subject = made.memberId ?? made.groupId ?? made.apiKeyId ?? 0;
  const same = await readGrantViews(tx, made.organisationId, eq(subjects[view.subject.kind], subject));
  const alike = ({ id: _id, createdAt: _at, tagIds, ...row }: GrantRow) => JSON.stringify({ ...row, tagIds });
  const twin = same.find(({ row }) => row.id !== made.id && alike(row) === alike(made));
  if (twin) throw new AppError("conflict", `${view.subject.name} holds this already.`, { current: twin.view });
}

async function viewOf(tx: Db, { id, organisationId }: GrantRow): Promise<GrantView> {
  const [found] = await readGrantViews(tx, organisationId, eq(roleGrant.id, id));
  if (!found) throw notFound("grant", id);
  return found.view;
}

interface GrantChange {
  readonly action: string;
  readonly row: GrantRow;
  readonly before?: GrantView;
  readonly after?: GrantView;
}

/** Without names of people, who can then be forgotten. */
async function audit(tx: Db, ctx: InOrganisation, { action, row, before, after }: GrantChange): Promise<void> {
  const what = ({ role, customRole, project, environment, tags }: GrantView) => ({
    role: role ?? customRole?.name ?? null,
    project,
    environment,
    tags,
  });
  const { kind, id } = (after ?? before)?.subject ?? { kind: "member", id: "" };
  await recordAudit(tx, {
    actor: ctx.actor,
    action,
    subject: `${{ member: "user", group: "group", "api-key": "key" }[kind]}:${id}`,
    organisationId: row.organisationId,
    ...(row.projectId !== null && { projectId: row.projectId }),
    ...(row.environmentId !== null && { environmentId: row.environmentId }),
    ...(before && { before: what(before) }),
    ...(after && { after: what(after) }),
    request: ctx.request,
  });
}
