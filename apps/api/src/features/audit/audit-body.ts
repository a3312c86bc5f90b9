import { createHash } from "node:crypto";
import type { JsonValue } from "@halyard/evaluator/model";
import canonicalize from "canonicalize";

/** What the chain of the audit log is over. People are named by id only, so that one can be forgotten and the chain still holds. */
export interface AuditBody {
  readonly organisation: number;
  readonly project: number | null;
  readonly environment: number | null;
  readonly actor: string;
  readonly action: string;
  readonly subjects: readonly string[];
  readonly before: JsonValue;
  readonly after: JsonValue;
  readonly requestId: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** RFC 8785: the same bytes whoever writes them. */
export function toCanonicalText(body: AuditBody): string {
  const text = canonicalize(body);
  if (text === undefined) throw new TypeError("An audit entry's body must be JSON.");
  return text;
}

export const parseAuditBody = (text: string): AuditBody => JSON.parse(text) as AuditBody;

/** SHA-256, hex. The id takes part, so that two rows with the same body cannot change places. */
export const linkOf = (previous: string, row: { readonly id: number; readonly body: string }): string =>
  createHash("sha256").update(`${previous}\n${row.id}\n`).update(row.body).digest("hex");
