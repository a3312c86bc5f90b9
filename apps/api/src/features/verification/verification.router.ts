import { auditHeads, auditVerification, inOrganisation } from "@halyard/contracts/schemas";
import { organisationProcedure, router } from "../../trpc.ts";
import { listHeads } from "./heads.ts";
import { verifyHistory } from "./verify.ts";

const path = "/organisations/{organisation}";
const tag = "Audit";

export const verificationRouter = router({
  run: organisationProcedure("VIEW_AUDIT_LOG")
    .meta({
      rest: {
        method: "GET",
        path: `${path}/audit-verification`,
        summary: "Check that nobody has edited the histories or the audit log, and name the first row that was touched",
        tag,
      },
    })
    .input(inOrganisation)
    .output(auditVerification)
    .query(({ ctx }) =>
      verifyHistory(ctx.db, {
        organisationId: ctx.organisation.id,
        retentionDays: ctx.verification.retentionDays,
        now: Date.now(),
      }),
    ),

  heads: organisationProcedure("VIEW_AUDIT_LOG")
    .meta({ rest: { method: "GET", path: `${path}/audit-heads`, summary: "List the signed heads, the newest first", tag } })
    .input(inOrganisation)
    .output(auditHeads)
    .query(async ({ ctx }) => ({ items: await listHeads(ctx.db), publicKey: ctx.verification.publicKey })),
});
