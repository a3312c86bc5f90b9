import type { auditEntry, auditEvent as auditEventSchema, listAuditInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { auditEvent, environment, project } from "@halyard/db/schema";
import { and, arrayContains, desc, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { notFound } from "../../errors.ts";
import { containing, cutPage, fromCursor } from "../../paging.ts";
import { isNamed, resolveActors } from "./actors.queries.ts";
import { parseAuditBody } from "./audit-body.ts";

type AuditEvent = z.output<typeof auditEventSchema>;
type AuditEntry = z.output<typeof auditEntry>;
type Filters = Omit<z.output<typeof listAuditInput>, "organisation" | "after" | "limit">;

const lastId = z.number().int().min(1);

/** The newest first. Project and environment are null also where they were deleted since. */
export async function listAuditEvents(
  db: Db,
  organisationId: number,
  { after, limit, ...filters }: Omit<z.output<typeof listAuditInput>, "organisation">,
) {
  const last = fromCursor(after, lastId);
  const rows = await selectEvents(db)
    .where(
      and(
        eq(auditEvent.organisationId, organisationId),
        last === undefined ? undefined : lt(auditEvent.id, last),
        ...conditionsOf(filters),
      ),
    )
    .orderBy(desc(auditEvent.id))
    .limit(limit + 1);
  const { items, next } = cutPage(rows, limit, (row) => row.event.id);
  const names = await resolveActors(
    db,
    items.map((row) => row.event.actor),
  );
  return { items: items.map((row) => toEvent(row, names)), next };
}

/** @throws AppError `not_found` also for another organisation's */
export async function getAuditEvent(db: Db, organisationId: number, id: number): Promise<AuditEntry> {
  const [row] = await selectEvents(db).where(and(eq(auditEvent.organisationId, organisationId), eq(auditEvent.id, id)));
  if (!row) throw notFound("audit event", id);
  const names = await resolveActors(db, [row.event.actor]);
  const { before, after } = parseAuditBody(row.event.body);
  const { address, requestId, seal, link } = row.event;
  return { ...toEvent(row, names), before, after, address, requestId, seal, link };
}

const selectEvents = (db: Db) =>
  db
    .select({ event: auditEvent, project: project.slug, environment: environment.slug })
    .from(auditEvent)
    .leftJoin(project, eq(project.id, auditEvent.projectId))
    .leftJoin(environment, eq(environment.id, auditEvent.environmentId));

type Row = Awaited<ReturnType<typeof selectEvents>>[number];

function conditionsOf(filters: Filters): (SQL | undefined)[] {
  const { actor, action, flag, from, to, q } = filters;
  return [
    actor === undefined ? undefined : eq(auditEvent.actor, actor),
    // `flag` finds all that happened to flags, `flag.archived` one kind of it.
    action === undefined ? undefined : or(eq(auditEvent.action, action), sql`starts_with(${auditEvent.action}, ${`${action}.`})`),
    filters.project === undefined ? undefined : eq(project.slug, filters.project),
    filters.environment === undefined ? undefined : eq(environment.slug, filters.environment),
    flag === undefined ? undefined : arrayContains(auditEvent.subjects, [`flag:${flag}`]),
    from === undefined ? undefined : gte(auditEvent.createdAt, new Date(from)),
    to === undefined ? undefined : lt(auditEvent.createdAt, new Date(to)),
    // In what happened, or in the name of who did it.
    q === undefined || q === "" ? undefined : or(ilike(auditEvent.body, containing(q)), isNamed(auditEvent.actor, q)),
  ];
}

function toEvent({ event, project: inProject, environment: inEnvironment }: Row, names: ReadonlyMap<string, string>): AuditEvent {
  return {
    id: event.id,
    actor: names.get(event.actor) ?? event.actor,
    actorRef: event.actor,
    action: event.action,
    subject: event.subjects.join(", "),
    project: inProject,
    environment: inEnvironment,
    at: event.createdAt.toISOString(),
  };
}
