import type { Role } from "@halyard/contracts/permissions";
import type { createOrganisationInput, organisation as organisationSchema } from "@halyard/contracts/schemas";
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

/** The name is in every answer of every environment, so each of them gets a revision. */
export async function renameOrganisation(ctx: Acting & { readonly organisation: Scope }, name: string): Promise<Organisation> {
  const { id, slug, role } = ctx.organisation;
  const projects = await ctx.revisions.db.select({ id: project.id }).from(project).where(eq(project.organisationId, id));
  const { result } = await withRevision(
    ctx.revisions,
    {
      actor: ctx.actor,
      request: ctx.request,
      kind: "organisation.updated",
      project: projects.map((it) => it.id),
      environments: "all",
      touches: { settings: true },
    },
    async (tx) => {
      const [before] = await tx.select().from(organisation).where(eq(organisation.id, id)).for("no key update");
      const [after] = await tx.update(organisation).set({ name }).where(eq(organisation.id, id)).returning();
      if (!before || !after) throw new AppError("not_found", `There is no organisation \`${slug}\` any more.`);
      if (before.name !== name) {
        await recordAudit(tx, {
          actor: ctx.actor,
          action: "organisation.updated",
          subject: `organisation:${slug}`,
          organisationId: id,
          before: { name: before.name },
          after: { name },
          request: ctx.request,
        });
      }
      return { result: after };
    },
  );
  return toOrganisation({ ...result, role });
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
  createdAt: row.createdAt.toISOString(),
});
