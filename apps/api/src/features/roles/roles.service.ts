import { isPermission, type Permission } from "@halyard/contracts/permissions";
import type { createRoleInput, customRole as roleSchema, updateRoleInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { customRole, roleGrant } from "@halyard/db/schema";
import { and, asc, count, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Acting } from "../../context.ts";
import { AppError, notFound } from "../../errors.ts";
import type { Asker } from "../../permissions/demand.ts";
import { refuseMoreThanOwn } from "../../permissions/escalation.ts";
import type { Organisation } from "../../scope.ts";
import { recordAudit } from "../audit/index.ts";

type Row = typeof customRole.$inferSelect;
type CustomRole = z.output<typeof roleSchema>;
type Wish = Omit<z.output<typeof createRoleInput>, "organisation">;
type Changes = Omit<z.output<typeof updateRoleInput>, "organisation" | "id">;
type InOrganisation = Acting & Asker & { readonly organisation: Organisation };

export async function listRoles(db: Db, organisationId: number): Promise<CustomRole[]> {
  const rows = await db
    .select()
    .from(customRole)
    .where(eq(customRole.organisationId, organisationId))
    .orderBy(asc(customRole.name));
  return rows.map(toRole);
}

/** @throws AppError `conflict` where the name is taken, `forbidden` for permissions the caller does not hold */
export async function createRole(ctx: InOrganisation, { name, description, permissions }: Wish): Promise<CustomRole> {
  await refuseForeign(ctx, permissions);
  return ctx.revisions.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(customRole)
      .values({ organisationId: ctx.organisation.id, name, description, permissions: [...new Set(permissions)] })
      .onConflictDoNothing()
      .returning();
    if (!row) throw nameTaken(name);
    await audit(tx, ctx, { action: "role.created", before: null, after: row });
    return toRole(row);
  });
}

/** Whoever holds the role holds the changed one from now on. */
export async function updateRole(
  ctx: InOrganisation,
  id: number,
  { name, description, permissions }: Changes,
): Promise<CustomRole> {
  return ctx.revisions.db.transaction(async (tx) => {
    const before = await lockRole(tx, ctx.organisation.id, id);
    await refuseForeign({ ...ctx, db: tx }, permissions?.filter((it) => !before.permissions.includes(it)) ?? []);
    if (name !== undefined && name !== before.name) await refuseTaken(tx, ctx.organisation.id, name);
    const wanted = { name, description, permissions: permissions && [...new Set(permissions)] };
    if (Object.values(wanted).every((it) => it === undefined)) return toRole(before);
    const [after = before] = await tx.update(customRole).set(wanted).where(eq(customRole.id, id)).returning();
    await audit(tx, ctx, { action: "role.updated", before, after });
    return toRole(after);
  });
}

/** @throws AppError `conflict` while somebody holds it: taking rights should not happen by the way */
export async function deleteRole(ctx: InOrganisation, id: number): Promise<void> {
  await ctx.revisions.db.transaction(async (tx) => {
    const before = await lockRole(tx, ctx.organisation.id, id);
    const [held] = await tx.select({ count: count() }).from(roleGrant).where(eq(roleGrant.customRoleId, id));
    if (held && held.count > 0) {
      throw new AppError("conflict", `${before.name} is granted ${held.count} times; withdraw these grants first.`);
    }
    await tx.delete(customRole).where(eq(customRole.id, id));
    await audit(tx, ctx, { action: "role.deleted", before, after: null });
  });
}

/** Also locked by whoever grants it, so that it cannot be deleted meanwhile. @throws AppError `not_found` */
export async function lockRole(tx: Db, organisationId: number, id: number): Promise<Row> {
  const [row] = await tx
    .select()
    .from(customRole)
    .where(and(eq(customRole.id, id), eq(customRole.organisationId, organisationId)))
    .for("update");
  if (!row) throw notFound("role", id);
  return row;
}

async function refuseTaken(tx: Db, organisationId: number, name: string): Promise<void> {
  const [other] = await tx
    .select({ id: customRole.id })
    .from(customRole)
    .where(and(eq(customRole.organisationId, organisationId), eq(customRole.name, name)));
  if (other) throw nameTaken(name);
}

const nameTaken = (name: string) => new AppError("conflict", `There is a role ${name} already; choose another name.`);

const refuseForeign = (ctx: InOrganisation, permissions: readonly Permission[]) =>
  refuseMoreThanOwn(ctx, [{ place: { organisation: ctx.organisation.id }, permissions: new Set(permissions), tags: null }]);

interface RoleChange {
  readonly action: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

async function audit(tx: Db, ctx: InOrganisation, { action, before, after }: RoleChange): Promise<void> {
  await recordAudit(tx, {
    actor: ctx.actor,
    action,
    subject: `role:${(after ?? before)?.name}`,
    organisationId: ctx.organisation.id,
    before: before && { name: before.name, permissions: before.permissions },
    after: after && { name: after.name, permissions: after.permissions },
    request: ctx.request,
  });
}

const toRole = (row: Row): CustomRole => ({
  id: row.id,
  name: row.name,
  description: row.description,
  permissions: row.permissions.filter(isPermission),
  createdAt: row.createdAt.toISOString(),
});
