import { auditEntry, auditPage, getAuditInput, listAuditInput } from "@halyard/contracts/schemas";
import { organisationProcedure, router } from "../../trpc.ts";
import { getAuditEvent, listAuditEvents } from "./audit.queries.ts";

const path = "/organisations/{organisation}/audit-events";
const tag = "Audit";

export const auditRouter = router({
  list: organisationProcedure("VIEW_AUDIT_LOG")
    .meta({ rest: { method: "GET", path, summary: "List who did what, the newest first", tag } })
    .input(listAuditInput)
    .output(auditPage)
    .query(({ ctx, input }) => listAuditEvents(ctx.db, ctx.organisation.id, input)),

  get: organisationProcedure("VIEW_AUDIT_LOG")
    .meta({ rest: { method: "GET", path: `${path}/{id}`, summary: "Get one event with what was before and after", tag } })
    .input(getAuditInput)
    .output(auditEntry)
    .query(({ ctx, input }) => getAuditEvent(ctx.db, ctx.organisation.id, input.id)),
});
