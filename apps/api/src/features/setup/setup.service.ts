import type { completeSetupInput, setupResult } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { member, organisation } from "@halyard/db/schema";
import { and, eq, notExists } from "drizzle-orm";
import type { z } from "zod";
import type { Actor } from "../../actor.ts";
import { refuseWeakPassword } from "../../auth/index.ts";
import type { Context } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { addressKey } from "../../limits/index.ts";
import { insertPerson, type NewPerson } from "../account/index.ts";
import { recordAudit } from "../audit/index.ts";
import { listEnvironments } from "../environments/index.ts";
import { createFlag } from "../flags/index.ts";
import { insertOrganisation } from "../organisations/index.ts";
import { createProject } from "../projects/index.ts";
import type { CommittedRevision } from "../revisions/index.ts";
import { useSetupLink } from "./setup-link.ts";

type Wish = z.output<typeof completeSetupInput>;
type Result = z.output<typeof setupResult>;

/** Everything of the first screen at once: administrator, organisation, project with environments, first flag. All or nothing. */
export async function setUp(ctx: Pick<Context, "db" | "revisions" | "auth" | "limits" | "request">, wish: Wish): Promise<Result> {
  await ctx.limits.take("token:address", addressKey(ctx.request.address ?? ""));
  refuseWeakPassword(wish.password, wish);
  // Hashing takes a tenth of a second: not inside the transaction.
  const passwordHash = await (await ctx.auth.$context).password.hash(wish.password);
  const announced: CommittedRevision[] = [];
  const result = await ctx.db.transaction(async (tx) => {
    await useSetupLink(tx, wish.token);
    const actor = await insertAdministrator(tx, { name: wish.name, email: wish.email, passwordHash, emailVerified: true });
    const home = await insertOrganisation(tx, { name: wish.organisation });
    await adoptOrganisations(tx, actor);
    await recordAudit(tx, {
      actor,
      action: "organisation.created",
      subject: `organisation:${home.slug}`,
      organisationId: home.id,
      after: { name: home.name },
      request: ctx.request,
    });
    const acting = {
      revisions: { db: tx, announce: (revisions: readonly CommittedRevision[]) => void announced.push(...revisions) },
      actor,
      request: ctx.request,
    };
    const project = await createProject({ ...acting, organisation: home }, { name: wish.project });
    if (wish.flag !== undefined)
      await createFlag({ ...acting, project: { id: project.id, organisationId: home.id } }, firstFlag(wish.flag));
    const [environment] = await listEnvironments(tx, project.id);
    if (!environment) throw new TypeError("A project has environments.");
    return { organisation: home.slug, project: project.slug, environment: environment.slug, flag: wish.flag ?? null };
  });
  ctx.revisions.announce(announced);
  return result;
}

type Person = Extract<Actor, { kind: "person" }>;

/** @throws AppError `conflict` */
export async function insertAdministrator(tx: Db, person: NewPerson): Promise<Person> {
  const made = await insertPerson(tx, person);
  if (!made) throw new AppError("conflict", `${person.email} has an account already; sign in with it.`);
  return { kind: "person", userId: made.id, name: person.name, email: person.email };
}

/** The first administrator owns whatever has no owner yet: the new organisation, and the sample's. */
export async function adoptOrganisations(tx: Db, { userId }: Person): Promise<void> {
  const owners = tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organisationId, organisation.id), eq(member.role, "owner")));
  const orphans = await tx.select({ id: organisation.id }).from(organisation).where(notExists(owners));
  for (const { id } of orphans) await tx.insert(member).values({ organisationId: id, userId, role: "owner" });
}

const firstFlag = (key: string) => ({
  key,
  description: "",
  valueType: "boolean" as const,
  enabled: false,
  variants: [],
  serverOnly: false,
  tags: [],
});
