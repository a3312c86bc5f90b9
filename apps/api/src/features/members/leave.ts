import type { Db } from "@halyard/db";
import { member, organisation } from "@halyard/db/schema";
import { asc, eq } from "drizzle-orm";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../audit/index.ts";
import type { RequestOrigin } from "../revisions/index.ts";
import { keepAnOwner, lockOrganisation } from "./members.service.ts";

type Person = Extract<Actor, { kind: "person" }>;

/** @throws AppError `conflict`, naming an organisation that would be left without an owner */
export async function leaveOrganisations(tx: Db, person: Person, request: RequestOrigin): Promise<void> {
  const memberships = await tx
    .select({ role: member.role, organisation })
    .from(member)
    .innerJoin(organisation, eq(organisation.id, member.organisationId))
    .where(eq(member.userId, person.userId))
    .orderBy(asc(organisation.id));
  for (const { role, organisation: home } of memberships) {
    await lockOrganisation(tx, home.id);
    if (role === "owner") await keepAnOwner(tx, home, person.userId);
    await recordAudit(tx, {
      actor: person,
      action: "member.removed",
      subject: `user:${person.userId}`,
      organisationId: home.id,
      before: { role },
      request,
    });
  }
}
