import { z } from "zod";
import { inProject } from "./scope.ts";
import { name, slug } from "./text.ts";

export const IMPORT_FORMATS = ["flag-list", "flagsmith-features", "flagsmith-environment"] as const;

export const importInput = inProject.extend({
  /** Found out from the file's shape when it is left out. */
  format: z.enum(IMPORT_FORMATS).optional(),
  /** The file's JSON. */
  data: z.unknown(),
  /** A second entry of a name: reported and left out, or given a free name such as `integration_data-2`. */
  duplicates: z.enum(["skip", "rename"]).default("skip"),
  /** A flag that already exists: left as it is, or overwritten. */
  existing: z.enum(["skip", "overwrite"]).default("skip"),
  /** Into which environment states go that the file gives for one environment only. All of them when it is left out. */
  environment: slug.optional(),
  /** For an environment document: the new environment's name, if not the document's own. */
  environmentName: name.optional(),
  /** Reports what would happen and changes nothing. */
  dryRun: z.boolean().default(false),
});

export const importReport = z.object({
  format: z.enum(IMPORT_FORMATS),
  dryRun: z.boolean(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  entries: z.array(
    z.object({
      /** Place in the file, such as `[3]` or `project.segments[0]`. */
      path: z.string(),
      kind: z.enum(["flag", "segment", "override", "identity", "environment"]),
      name: z.string(),
      action: z.enum(["created", "updated", "skipped"]),
      /** Why it was skipped or renamed, or what could not be kept. */
      note: z.string().nullable(),
    }),
  ),
  /** About the whole file, such as that the form holds no ids and buckets cannot be kept. */
  notes: z.array(z.string()),
});
export type ImportReport = z.infer<typeof importReport>;
