import type { Db } from "@halyard/db";
import { auditEvent, project } from "@halyard/db/schema";
import type { JsonValue } from "@halyard/evaluator/model";
import { eq } from "drizzle-orm";
import { type Actor, actorRef } from "../../actor.ts";
import { type AuditBody, toCanonicalText } from "./audit-body.ts";

export interface AuditEntry {
  readonly actor: Actor;
  /** `<noun>.<verb>`, such as `flag.archived` or `member.removed`. */
  readonly action: string;
  /** One `<noun>:<key>`, or several. Nothing of a person but an id: what stands here is never erased. */
  readonly subject: string | readonly string[];
  /** Found through the project when it is left out. */
  readonly organisationId?: number;
  readonly projectId?: number;
  readonly environmentId?: number;
  /** Like the subject, without names or addresses of people. */
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  readonly request?: { readonly address: string | null; readonly requestId: string | null } | undefined;
}

/** Writes who did what, in the transaction that did it: both stand or neither does. */
export async function recordAudit(tx: Db, entry: AuditEntry): Promise<void> {
  const at = new Date();
  const body: AuditBody = {
    organisation: entry.organisationId ?? (await organisationOf(tx, entry.projectId)),
    project: entry.projectId ?? null,
    environment: entry.environmentId ?? null,
    actor: actorRef(entry.actor),
    action: entry.action,
    subjects: typeof entry.subject === "string" ? [entry.subject] : entry.subject,
    before: entry.before ?? null,
    after: entry.after ?? null,
    requestId: entry.request?.requestId ?? null,
    at: at.toISOString(),
  };
  await tx.insert(auditEvent).values({
    organisationId: body.organisation,
    projectId: body.project,
    environmentId: body.environment,
    actor: body.actor,
    action: body.action,
    subjects: [...body.subjects],
    requestId: body.requestId,
    createdAt: at,
    body: toCanonicalText(body),
    address: entry.request?.address ?? null,
  });
}

async function organisationOf(tx: Db, projectId: number | undefined): Promise<number> {
  if (projectId === undefined) throw new TypeError("An audit entry needs an organisation or a project.");
  const [row] = await tx.select({ id: project.organisationId }).from(project).where(eq(project.id, projectId));
  if (!row) throw new TypeError(`There is no project ${projectId}.`);
  return row.id;
}
