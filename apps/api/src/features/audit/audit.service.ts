import type { Db } from "@halyard/db";
import { auditEvent, project } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { eq } from "drizzle-orm";
import { type Actor, actorRef } from "../../actor.ts";

export interface AuditEntry {
  readonly actor: Actor;
  /** `<noun>.<verb>`, such as `flag.archived` or `member.removed`. */
  readonly action: string;
  readonly subject: string;
  /** Found through the project when it is left out. */
  readonly organisationId?: number;
  readonly projectId?: number;
  readonly environmentId?: number;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  readonly request?: { readonly address: string | null; readonly requestId: string | null } | undefined;
}

/** Writes who did what, in the transaction that did it: both stand or neither does. */
export async function recordAudit(tx: Db, entry: AuditEntry): Promise<void> {
  await tx.insert(auditEvent).values({
    organisationId: entry.organisationId ?? (await organisationOf(tx, entry.projectId)),
    projectId: entry.projectId ?? null,
    environmentId: entry.environmentId ?? null,
    actor: actorRef(entry.actor),
    action: entry.action,
    subject: entry.subject,
    before: entry.before === undefined ? null : JSON.stringify(entry.before),
    after: entry.after === undefined ? null : JSON.stringify(entry.after),
    address: entry.request?.address ?? null,
    requestId: entry.request?.requestId ?? null,
  });
}

async function organisationOf(tx: Db, projectId: number | undefined): Promise<number> {
  if (projectId === undefined) throw new TypeError("An audit entry needs an organisation or a project.");
  const [row] = await tx.select({ id: project.organisationId }).from(project).where(eq(project.id, projectId));
  if (!row) throw new TypeError(`There is no project ${projectId}.`);
  return row.id;
}
