import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { comment, flagKey, slug, version } from "./text.ts";

/** Where something is. Slugs and keys rather than ids: they are what people see in addresses. */
export const inOrganisation = z.strictObject({ organisation: slug });
export const inProject = inOrganisation.extend({ project: slug });
export const inEnvironment = inProject.extend({ environment: slug });
export const ofFlag = inProject.extend({ flag: flagKey });
export const ofFlagState = inEnvironment.extend({ flag: flagKey });
export const ofSegment = inProject.extend({ segment: slug });

/** Keyset pages: give the `next` of one page as the `after` of the following one. */
export const page = z.object({
  after: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(LIMITS.page).default(50),
});
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

/** Optional on every write to one environment. */
export const write = z.object({
  /** The environment's version at which the caller saw the thing; 409 with the current row if it was changed since. */
  expectedVersion: version.optional(),
  /** Why; kept in history. */
  comment: comment.optional(),
});

/** The same for writes that touch every environment of a project. */
export const projectWrite = z.object({
  expected: z.strictObject({ environment: slug, version }).optional(),
  comment: comment.optional(),
});
