import { auditPage, listAuditInput } from "@halyard/contracts/schemas";
import { organisationProcedure, router } from "../../trpc.ts";
import { listAuditEvents } from "./audit.queries.ts";

export const auditRouter = router({
  list: organisationProcedure("VIEW_AUDIT_LOG")
    .meta({
      rest: {
        method: "GET",
        path: "/organisations/{organisation}/audit-events",
        summary: "List who did what, the newest first",
        tag: "Audit",
      },
    })
    .input(listAuditInput)
    .output(auditPage)
    .query(({ ctx, input }) => listAuditEvents(ctx.db, ctx.organisation.id, input)),
});
