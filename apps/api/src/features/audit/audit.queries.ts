import type { auditEvent as auditEventSchema, listAuditInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { auditEvent, environment, project } from "@halyard/db/schema";
import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { cutPage, fromCursor } from "../../paging.ts";
import { resolveActors } from "./actors.queries.ts";

type AuditEvent = z.output<typeof auditEventSchema>;

const lastId = z.number().int().min(1);

/** The newest first. Project and environment are null also where they were deleted since. */
export async function listAuditEvents(
  db: Db,
  organisationId: number,
  { after, limit }: Pick<z.output<typeof listAuditInput>, "after" | "limit">,
) {
  const last = fromCursor(after, lastId);
  const rows = await db
    .select({ event: auditEvent, project: project.slug, environment: environment.slug })
    .from(auditEvent)
    .leftJoin(project, eq(project.id, auditEvent.projectId))
    .leftJoin(environment, eq(environment.id, auditEvent.environmentId))
    .where(and(eq(auditEvent.organisationId, organisationId), last === undefined ? undefined : lt(auditEvent.id, last)))
    .orderBy(desc(auditEvent.id))
    .limit(limit + 1);
  const { items, next } = cutPage(rows, limit, (row) => row.event.id);
  const names = await resolveActors(
    db,
    items.map((row) => row.event.actor),
  );
  return {
    items: items.map(
      ({ event, project, environment }): AuditEvent => ({
        id: event.id,
        actor: names.get(event.actor) ?? event.actor,
        action: event.action,
        subject: event.subject,
        project,
        environment,
        at: event.createdAt.toISOString(),
      }),
    ),
    next,
  };
}
