import { sql } from "drizzle-orm";
import { bigint, date, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";

/**
 * Who did what, for people; every mutation writes one in its own transaction. A trigger refuses every update but the sealing of a
 * row and the forgetting of an address, and every deletion but by retention.
 */
export const auditEvent = pgTable(
  "audit_event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    organisationId: integer().notNull(),
    projectId: integer(),
    environmentId: integer(),
    actor: text().notNull(),
    action: text().notNull(),
    /** `<noun>:<key>` of everything touched. */
    subjects: text().array().notNull(),
    requestId: text(),
    createdAt: createdAt(),
    /** Canonical JSON (RFC 8785) of all of the above, and of before and after. Kept as text because the chain is over these bytes. */
    body: text().notNull(),
    /** Where it came from: about a person, so outside the body, to be forgotten without breaking the chain. */
    address: text(),
    /** Number of the seal that took it in; null for a moment after it was written. */
    seal: integer(),
    /** SHA-256, hex, of the link before and this row; see `audit_seal`. */
    link: text(),
  },
  (table) => [
    index().on(table.organisationId, table.id),
    index().on(table.projectId, table.id),
    index().using("gin", table.subjects),
    index().on(table.seal, table.id),
    index("audit_event_unsealed").on(table.id).where(sql`${table.seal} is null`),
  ],
);

/** Taken each second over the rows written since: the chain's end then. Retention removes rows, never seals. */
export const auditSeal = pgTable("audit_seal", {
  /** Without gaps, from 1. */
  number: integer().primaryKey(),
  /** The highest row id that was taken in so far. */
  lastId: bigint({ mode: "number" }).notNull(),
  entries: integer().notNull(),
  /** Link of its last row. */
  hash: text().notNull(),
  sealedAt: createdAt(),
});

/** Once a day, signed: the ends of all chains, to be kept by somebody else too. */
export const auditHead = pgTable("audit_head", {
  /** UTC. */
  day: date({ mode: "string" }).primaryKey(),
  /** Canonical JSON of day, seal, its hash, and the head of each environment's log. */
  body: text().notNull(),
  /** Ed25519 over the body's bytes, base64. */
  signature: text().notNull(),
  createdAt: createdAt(),
});
