import type { Role } from "@halyard/contracts/permissions";
import type { addMemberInput, member as memberSchema } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flag, flagOwner, member, organisation, project, user } from "@halyard/db/schema";
import { and, asc, eq, inArray, ne } from "drizzle-orm";
import type { z } from "zod";
import { type Auth, refuseWeakPassword } from "../../auth/index.ts";
import type { Acting } from "../../context.ts";
import { AppError, invalid, notFound } from "../../errors.ts";
import type { Asker } from "../../permissions/demand.ts";
import { refuseMoreThanOwn } from "../../permissions/escalation.ts";
import { wholly } from "../../permissions/grants.queries.ts";
import type { Organisation } from "../../scope.ts";
import { findPersonByEmail, insertPerson } from "../account/index.ts";
import { recordAudit } from "../audit/index.ts";
import { joinOrganisation } from "./join.ts";

export type Member = z.output<typeof memberSchema>;
type InOrganisation = Acting & Asker & { readonly organisation: Organisation };
type NewMember = Omit<z.output<typeof addMemberInput>, "organisation">;

export async function listMembers(db: Db, organisationId: number): Promise<Member[]> {
  const rows = await selectMembers(db).where(eq(member.organisationId, organisationId)).orderBy(asc(user.name), asc(user.id));
  return rows.map(toMember);
}

/** @throws AppError `invalid` where the address has no account and no name and password were given to make one */
export async function addMember(ctx: InOrganisation & { readonly auth: Auth }, wish: NewMember): Promise<Member> {
  const { password } = wish;
  await refuseStronger(ctx, wish.role);
  if (password !== undefined) refuseWeakPassword(password, { ...wish, organisation: ctx.organisation.name });
  // Hashing takes a tenth of a second: not inside the transaction.
  const passwordHash = password === undefined ? undefined : await (await ctx.auth.$context).password.hash(password);
  return ctx.revisions.db.transaction(async (tx) => {
    const userId = await personFor(tx, wish, passwordHash);
    const made = await joinOrganisation(tx, { organisationId: ctx.organisation.id, userId, role: wish.role });
    const added = await getMember(tx, ctx.organisation.id, userId);
    if (made === undefined)
      throw new AppError("conflict", `${wish.email} is a member already; change the role instead.`, { current: added });
    await audit(tx, ctx, { action: "member.added", userId, before: null, after: added });
    return added;
  });
}

export async function setMemberRole(ctx: InOrganisation, userId: string, role: Role | null): Promise<Member> {
  return ctx.revisions.db.transaction(async (tx) => {
    const before = await lockMember(tx, ctx.organisation, userId);
    if (before.role === role) return before;
    await refuseStronger({ ...ctx, db: tx }, before.role, role);
    if (before.role === "owner") await keepAnOwner(tx, ctx.organisation, userId);
    await tx.update(member).set({ role }).where(ofMember(ctx.organisation.id, userId));
    const after = { ...before, role };
    await audit(tx, ctx, { action: "member.role", userId, before, after });
    return after;
  });
}

export async function removeMember(ctx: InOrganisation, userId: string): Promise<void> {
  await ctx.revisions.db.transaction(async (tx) => {
    const before = await lockMember(tx, ctx.organisation, userId);
    await refuseStronger({ ...ctx, db: tx }, before.role);
    await forget(tx, ctx, before);
  });
}

/** For oneself nothing is needed. @throws AppError `conflict` for the last owner */
export async function leaveOrganisation(ctx: InOrganisation): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new AppError("forbidden", "An API key cannot leave its organisation; revoke it instead.");
  await ctx.revisions.db.transaction(async (tx) => forget(tx, ctx, await lockMember(tx, ctx.organisation, actor.userId)));
}

/** Makes another member an owner and the caller an admin, both or neither. */
export async function transferOwnership(ctx: InOrganisation, userId: string): Promise<Member> {
  const { actor } = ctx;
  if (actor.kind !== "person" || actor.userId === userId) {
    throw invalid("userId", "Name another member, who becomes owner in your place.");
  }
  return ctx.revisions.db.transaction(async (tx) => {
    const before = await lockMember(tx, ctx.organisation, userId);
    const own = await getMember(tx, ctx.organisation.id, actor.userId);
    // Read before the lock, the caller's role may have been taken meanwhile.
    if (own.role !== "owner") throw new AppError("forbidden", "Only an owner can hand the organisation over.");
    await tx.update(member).set({ role: "owner" }).where(ofMember(ctx.organisation.id, userId));
    await tx.update(member).set({ role: "admin" }).where(ofMember(ctx.organisation.id, actor.userId));
    const after: Member = { ...before, role: "owner" };
    await audit(tx, ctx, { action: "member.role", userId, before, after });
    await audit(tx, ctx, { action: "member.role", userId: own.userId, before: own, after: { ...own, role: "admin" } });
    return after;
  });
}

/** Takes the membership with its grants and groups, and the flags somebody owned here lose them as owner. */
async function forget(tx: Db, ctx: InOrganisation, before: Member): Promise<void> {
  const { id } = ctx.organisation;
  const { userId } = before;
  if (before.role === "owner") await keepAnOwner(tx, ctx.organisation, userId);
  const ours = tx
    .select({ id: flag.id })
    .from(flag)
    .innerJoin(project, eq(project.id, flag.projectId))
    .where(eq(project.organisationId, id));
  await tx.delete(flagOwner).where(and(eq(flagOwner.userId, userId), inArray(flagOwner.flagId, ours)));
  await tx.delete(member).where(ofMember(id, userId));
  await audit(tx, ctx, { action: "member.removed", userId, before, after: null });
}

async function personFor(tx: Db, { email, name, password }: NewMember, passwordHash: string | undefined): Promise<string> {
  const known = await findPersonByEmail(tx, email);
  if (known) {
    // Otherwise somebody could believe to have set somebody else's password.
    if (password !== undefined) {
      throw invalid("password", `${email} has an account already, with a password of its own; leave name and password out.`);
    }
    return known.id;
  }
  if (name === undefined) throw invalid("name", `${email} has no account yet; give a name and an initial password to make one.`);
  if (passwordHash === undefined) throw invalid("password", `${email} has no account yet; give an initial password to make one.`);
  const made = await insertPerson(tx, { name, email, passwordHash });
  if (!made) throw new AppError("conflict", `${email} was given an account just now; try again.`);
  return made.id;
}

/** Nobody makes or unmakes a member whose role permits more than their own. */
async function refuseStronger(ctx: InOrganisation, ...roles: readonly (Role | null)[]): Promise<void> {
  const given = roles.flatMap((role) => (role === null ? [] : [wholly(ctx.organisation.id, role)]));
  await refuseMoreThanOwn(ctx, given);
}

/** Locks the organisation, so that two owners cannot demote each other at once. */
async function lockMember(tx: Db, { id }: Organisation, userId: string): Promise<Member> {
  await lockOrganisation(tx, id);
  return getMember(tx, id, userId);
}

export async function lockOrganisation(tx: Db, id: number): Promise<void> {
  await tx.select({ id: organisation.id }).from(organisation).where(eq(organisation.id, id)).for("no key update");
}

export async function keepAnOwner(tx: Db, { id, name }: Pick<Organisation, "id" | "name">, userId: string): Promise<void> {
  const [other] = await tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organisationId, id), eq(member.role, "owner"), ne(member.userId, userId)))
    .limit(1);
  if (!other) throw new AppError("conflict", `${name} would be left without an owner; make somebody else one first.`);
}

const ofMember = (organisationId: number, userId: string) =>
  and(eq(member.organisationId, organisationId), eq(member.userId, userId));

async function getMember(tx: Db, organisationId: number, userId: string): Promise<Member> {
  const [row] = await selectMembers(tx).where(ofMember(organisationId, userId));
  if (!row) throw notFound("member", userId);
  return toMember(row);
}

const selectMembers = (db: Db) =>
  db
    .select({ userId: user.id, name: user.name, email: user.email, role: member.role, createdAt: member.createdAt })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId));

type Row = Omit<Member, "createdAt"> & { readonly createdAt: Date };
const toMember = (row: Row): Member => ({ ...row, createdAt: row.createdAt.toISOString() });

interface MemberChange {
  readonly action: string;
  readonly userId: string;
  readonly before: Member | null;
  readonly after: Member | null;
}

async function audit(tx: Db, ctx: InOrganisation, { action, userId, before, after }: MemberChange): Promise<void> {
  await recordAudit(tx, {
    actor: ctx.actor,
    action,
    // By id and role only, so that a person can be forgotten later without touching the log.
    subject: `user:${userId}`,
    organisationId: ctx.organisation.id,
    before: before && { role: before.role },
    after: after && { role: after.role },
    request: ctx.request,
  });
}
