import type { Role } from "@halyard/contracts/permissions";
import type {
  createOrganisationInput,
  organisation as organisationSchema,
  updateOrganisationInput,
} from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { apiKey, member, organisation, project } from "@halyard/db/schema";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Actor } from "../../actor.ts";
import type { Acting } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { Organisation as Scope } from "../../scope.ts";
import { insertWithSlug } from "../../slugs.ts";
import { recordAudit } from "../audit/index.ts";
import { withRevision } from "../revisions/index.ts";

export type Organisation = z.output<typeof organisationSchema>;
type Wish = z.output<typeof createOrganisationInput>;

/** Those the actor has a part in. */
export async function listOrganisations(db: Db, actor: Actor): Promise<Organisation[]> {
  if (actor.kind === "person") {
    const rows = await db
      .select({ organisation, role: member.role })
      .from(member)
      .innerJoin(organisation, eq(organisation.id, member.organisationId))
      .where(eq(member.userId, actor.userId))
      .orderBy(asc(organisation.id));
    return rows.map((row) => toOrganisation({ ...row.organisation, role: row.role }));
  }
  if (actor.kind === "program") {
    const rows = await db
      .select({ organisation, role: apiKey.role })
      .from(apiKey)
      .innerJoin(organisation, eq(organisation.id, apiKey.organisationId))
      .where(eq(apiKey.id, actor.apiKeyId));
    return rows.map((row) => toOrganisation({ ...row.organisation, role: row.role }));
  }
  const rows = await db.select().from(organisation).orderBy(asc(organisation.id));
  return rows.map((row) => toOrganisation({ ...row, role: "owner" }));
}

/** Its maker owns it. Only people who own or administer an organisation already may make another. */
export async function createOrganisation(ctx: Acting, wish: Wish): Promise<Organisation> {
  const { actor } = ctx;
  if (actor.kind !== "person") {
    throw new AppError("forbidden", "An API key belongs to one organisation; a person has to make another.");
  }
  return ctx.revisions.db.transaction(async (tx) => {
    const [administered] = await tx
      .select({ id: member.id })
      .from(member)
      .where(and(eq(member.userId, actor.userId), inArray(member.role, ["owner", "admin"])))
      .limit(1);
    if (!administered) {
      throw new AppError("forbidden", "Only an owner or admin of an organisation may make another; ask one of them.");
    }
    const row = await insertOrganisation(tx, wish);
    await tx.insert(member).values({ organisationId: row.id, userId: actor.userId, role: "owner" });
    const made = toOrganisation({ ...row, role: "owner" });
    await recordAudit(tx, {
      actor,
      action: "organisation.created",
      subject: `organisation:${row.slug}`,
      organisationId: row.id,
      after: made,
      request: ctx.request,
    });
    return made;
  });
}

type Changes = Omit<z.output<typeof updateOrganisationInput>, "organisation">;

/** The name is in every answer of every environment, so each of them gets a revision; the rest nobody but people sees. */
export async function updateOrganisation(
  ctx: Acting & { readonly organisation: Scope },
  changes: Changes,
): Promise<Organisation> {
  const { id, slug, role } = ctx.organisation;
  const { name, requireTwoFactor } = changes;
  const wanted = { name, requireTwoFactor, slug: changes.slug };
  const projects = await ctx.revisions.db.select({ id: project.id }).from(project).where(eq(project.organisationId, id));
  const { result } = await withRevision(
    ctx.revisions,
    {
      actor: ctx.actor,
      request: ctx.request,
      kind: "organisation.updated",
      project: name === undefined ? [] : projects.map((it) => it.id),
      environments: name === undefined ? [] : "all",
      touches: { settings: true },
    },
    async (tx) => {
      const [before] = await tx.select().from(organisation).where(eq(organisation.id, id)).for("no key update");
      if (!before) throw new AppError("not_found", `There is no organisation \`${slug}\` any more.`);
      if (wanted.slug !== undefined && wanted.slug !== before.slug) await refuseTaken(tx, wanted.slug);
      if (Object.values(wanted).every((it) => it === undefined)) return { result: before };
      const [after = before] = await tx.update(organisation).set(wanted).where(eq(organisation.id, id)).returning();
      const [was, now] = [settingsOf(before), settingsOf(after)];
      if (JSON.stringify(was) !== JSON.stringify(now)) {
        await recordAudit(tx, {
          actor: ctx.actor,
          action: "organisation.updated",
          subject: `organisation:${slug}`,
          organisationId: id,
          before: was,
          after: now,
          request: ctx.request,
        });
      }
      return { result: after };
    },
  );
  return toOrganisation({ ...result, role });
}

const settingsOf = ({ name, slug, requireTwoFactor }: typeof organisation.$inferSelect) => ({ name, slug, requireTwoFactor });

async function refuseTaken(tx: Db, slug: string): Promise<void> {
  const [other] = await tx.select({ id: organisation.id }).from(organisation).where(eq(organisation.slug, slug));
  if (other) throw new AppError("conflict", `The organisation \`${slug}\` exists already; choose another slug.`);
}

export async function insertOrganisation(tx: Db, { name, slug }: Wish): Promise<typeof organisation.$inferSelect> {
  return insertWithSlug({ name, slug, noun: "organisation" }, async (slug) => {
    const [made] = await tx
      .insert(organisation)
      .values({ name, slug })
      .onConflictDoNothing({ target: organisation.slug })
      .returning();
    return made;
  });
}

type Row = typeof organisation.$inferSelect & { readonly role: Role | null };

export const toOrganisation = (row: Row): Organisation => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  role: row.role,
  requireTwoFactor: row.requireTwoFactor,
  createdAt: row.createdAt.toISOString(),
});
