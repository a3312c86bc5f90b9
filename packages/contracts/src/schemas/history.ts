import { z } from "zod";
import { inEnvironment, inOrganisation, inProject, page, pageOf } from "./scope.ts";
import { instant, text, version } from "./text.ts";
import { jsonValue } from "./values.ts";

export const REVISION_KINDS = [
  "environment.created",
  "environment.updated",
  "flag.created",
  "flag.updated",
  "flag.state",
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
  "segment.deleted",
  "key.created",
  "key.revoked",
  "project.updated",
  "organisation.updated",
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
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  project: z.string().nullable(),
  environment: z.string().nullable(),
  at: instant,
});
export const listAuditInput = inOrganisation.extend({ ...page.shape });
export const auditPage = pageOf(auditEvent);
