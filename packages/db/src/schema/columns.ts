import type { JsonValue } from "@halyard/evaluator/model";
import { customType, integer, timestamp } from "drizzle-orm/pg-core";

/** Integer, because Flagsmith's SDKs decode ids strictly. */
export const id = () => integer().primaryKey().generatedAlwaysAsIdentity();

/** UTC, microseconds in the database, milliseconds in JavaScript. */
export const instant = () => timestamp({ withTimezone: true, mode: "date" });

/** `created_at`, set by the database. */
export const createdAt = () => instant().notNull().defaultNow();

/** Drizzle's own jsonb parses what the driver has parsed already, which makes the string "123" a number. */
const json = customType<{ data: JsonValue; driverData: unknown }>({
  dataType: () => "jsonb",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (parsed) => parsed as JsonValue,
});

/** A flag's, variant's or trait's value. SQL NULL and JSON `null` both read back as `null`. */
export const value = () => json();

/** A JSON Schema, which is an object or a boolean. */
export const valueSchema = customType<{ data: JsonSchema; driverData: unknown }>({
  dataType: () => "jsonb",
  toDriver: (schema) => JSON.stringify(schema),
  fromDriver: (parsed) => parsed as JsonSchema,
});
export type JsonSchema = boolean | { readonly [keyword: string]: JsonValue };

/** SHA-256, 32 raw bytes. PGlite answers bytea as Uint8Array and node-postgres as Buffer; both arrive here as Buffer. */
export const sha256 = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => "bytea",
  fromDriver: (bytes) => Buffer.from(bytes),
});
