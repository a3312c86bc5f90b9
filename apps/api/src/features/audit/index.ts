export { resolveActors } from "./actors.queries.ts";
export { type AuditEntry, recordAudit } from "./audit.service.ts";
