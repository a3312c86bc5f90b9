import type { auditVerification } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import type { z } from "zod";
import { verifyAuditChain } from "../audit/index.ts";
import { verifyRevisions } from "../revisions/index.ts";
import { verifyHeads } from "./heads.ts";
import { removedBefore } from "./jobs.ts";

export interface VerifyOptions {
  readonly organisationId: number;
  readonly retentionDays: number | undefined;
  readonly now: number;
}

/**
 * Reads the organisation's histories, the installation's audit log (one chain for all organisations) and its signed heads from
 * the stored bytes, and names the first thing that is not as it was written.
 */
export async function verifyHistory(
  db: Db,
  { organisationId, retentionDays, now }: VerifyOptions,
): Promise<z.output<typeof auditVerification>> {
  const audit = await verifyAuditChain(db, {
    organisationId,
    removedBefore: retentionDays === undefined ? undefined : removedBefore(retentionDays, now),
  });
  const logs = await verifyRevisions(db, organisationId);
  const signed = await verifyHeads(db);
  const found =
    audit.break ??
    (logs.break && { kind: "revision" as const, ...logs.break }) ??
    (signed.break && { kind: "head" as const, ...signed.break });
  const { events, seals, removed } = audit;
  return { ok: found === null, break: found, events, seals, removed, revisions: logs.revisions, heads: signed.heads };
}
