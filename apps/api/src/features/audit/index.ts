export { resolveActors } from "./actors.queries.ts";
export { type AuditEntry, recordAudit } from "./audit.service.ts";
export { removeAuditBefore } from "./retention.ts";
export { sealAudit } from "./seal.ts";
export { type AuditTallies, createAuditTallies, recordSignIn } from "./tallies.ts";
export { type ChainBreak, verifyAuditChain } from "./verify-audit.ts";
