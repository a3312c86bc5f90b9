import { z } from "zod";
import { inEnvironment, inOrganisation, inProject, page, pageOf } from "./scope.ts";
import { flagKey, instant, slug, text, version } from "./text.ts";
import { jsonValue } from "./values.ts";

export const REVISION_KINDS = [
  "environment.created",
  "environment.updated",
  "flag.created",
  "flag.updated",
  "flag.state",
  "flag.prerequisites",
  "flag.archived",
  "flag.restored",
  "flag.deleted",
  "variant.created",
  "variant.updated",
  "variant.deleted",
  "override.set",
  "override.deleted",
  "override.reordered",
  "identity-override.set",
  "identity-override.deleted",
  "identity.deleted",
  "segment.created",
  "segment.updated",
  "segment.list",
  "segment.deleted",
  "key.created",
  "key.rotated",
  "key.revoked",
  "project.updated",
  "organisation.updated",
  "clock",
  "import",
] as const;
export type RevisionKind = (typeof REVISION_KINDS)[number];

/** One field of one thing: `subject` is `flag:<key>`, `segment:<key>`, `identity:<identifier>`, `environment` or `key:<name>`. */
export const change = z.object({
  subject: z.string(),
  path: z.string(),
  before: jsonValue.nullable(),
  after: jsonValue.nullable(),
});

export const revision = z.object({
  version: z.number().int(),
  kind: z.enum(REVISION_KINDS),
  subjects: z.array(z.string()),
  actor: z.string(),
  comment: z.string().nullable(),
  at: instant,
  hash: z.string(),
  /** Field by field. */
  changes: z.array(change),
});
/** Newest first. `subject` keeps only revisions of one thing, such as `flag:new-checkout`. */
export const listRevisionsInput = inEnvironment.extend({ ...page.shape, subject: text(2_100).optional() });
export const revisionPage = pageOf(revision);
export const getRevisionInput = inEnvironment.extend({ version });

/** A line of the dashboard's live feed. */
export const liveInput = inProject.extend({ lastEventId: z.string().nullish() });
export interface LiveEvent {
  readonly environment: string;
  readonly version: number;
  readonly kind: RevisionKind;
  readonly subjects: readonly string[];
  readonly actor: string;
}

export const auditEvent = z.object({
  id: z.number().int(),
  /** Name, or the reference where who did it was deleted since. */
  actor: z.string(),
  /** `user:<id>`, `key:<id>` or `system:<name>`: what the filter `actor` takes. */
  actorRef: z.string(),
  action: z.string(),
  subject: z.string(),
  project: z.string().nullable(),
  environment: z.string().nullable(),
  at: instant,
});
/** Filters hold together; each may be left out. */
const auditFilters = z.object({
  actor: text(200).optional(),
  /** `flag.archived`, or `flag` for all that begins with `flag.`. */
  action: text(100).optional(),
  project: slug.optional(),
  environment: slug.optional(),
  flag: flagKey.optional(),
  /** From this instant on. */
  from: instant.optional(),
  /** Before this instant. */
  to: instant.optional(),
  /** Part of what happened, or of the name of who did it. */
  q: text(200).optional(),
});
export const listAuditInput = inOrganisation.extend({ ...page.shape, ...auditFilters.shape });
export const auditPage = pageOf(auditEvent);

/** One line of the log with all that is known of it. */
export const auditEntry = auditEvent.extend({
  before: jsonValue,
  after: jsonValue,
  /** Null also where it was forgotten with the person. */
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  /** Number of the seal that took it into the chain; null for the first second of its life. */
  seal: z.number().int().nullable(),
  /** SHA-256, hex. */
  link: z.string().nullable(),
});
export const getAuditInput = inOrganisation.extend({ id: z.number().int().min(1) });

/** `jsonl` is one JSON object a line; `csv` follows RFC 4180, with a heading. */
export const exportAuditInput = inOrganisation.extend({
  ...auditFilters.shape,
  format: z.enum(["jsonl", "csv"]).default("jsonl"),
});

/** The first thing that is not as it was written. */
export const auditBreak = z.object({
  /** `event` and `seal` are of the audit log, `revision` of an environment's history, `head` of a signed head. */
  kind: z.enum(["event", "seal", "revision", "head"]),
  /** Such as `event 812`, `production of shop, version 4`; without more where it belongs to somebody else. */
  what: z.string(),
  why: z.string(),
});
export const auditVerification = z.object({
  ok: z.boolean(),
  break: auditBreak.nullable(),
  /** What was looked at. */
  events: z.number().int(),
  seals: z.number().int(),
  revisions: z.number().int(),
  heads: z.number().int(),
  /** Events that retention has removed; their seals still hold. */
  removed: z.number().int(),
});
/** The ends of all chains on one day, signed; keep them outside and compare. */
export const auditHead = z.object({ day: z.string(), body: z.string(), signature: z.string() });
export const auditHeads = z.object({ items: z.array(auditHead), publicKey: z.string() });
