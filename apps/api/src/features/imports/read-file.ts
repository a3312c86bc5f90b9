import type { IMPORT_FORMATS } from "@halyard/contracts/schemas";
import type { z } from "zod";
import { AppError, invalid } from "../../errors.ts";
import { environmentDocument, planEnvironmentDocument } from "./formats/environment-document.ts";
import { featureExport, planFeatureExport } from "./formats/feature-export.ts";
import { flagList, planFlagList } from "./formats/flag-list.ts";
import type { ImportPlan } from "./plan.ts";

type Format = (typeof IMPORT_FORMATS)[number];

export interface ReadOptions {
  readonly format?: Format | undefined;
  readonly duplicates: "skip" | "rename";
  readonly environmentName?: string | undefined;
}

/** Reads a file's JSON in the form it is in. @throws AppError `invalid` naming the place in the file that is wrong */
export function readImport(data: unknown, options: ReadOptions): ImportPlan {
  switch (options.format ?? detect(data)) {
    case "flag-list":
      return planFlagList(parse(flagList, data), options);
    case "flagsmith-features":
      return planFeatureExport(parse(featureExport, data), options);
    case "flagsmith-environment":
      return planEnvironmentDocument(parse(environmentDocument, data), { environmentName: options.environmentName });
  }
}

const EXPORT_FIELDS = ["default_enabled", "initial_value", "multivariate", "is_server_key_only"];

function detect(data: unknown): Format {
  if (Array.isArray(data)) {
    const exported = data.some((it) => typeof it === "object" && it !== null && EXPORT_FIELDS.some((field) => field in it));
    return exported ? "flagsmith-features" : "flag-list";
  }
  if (typeof data === "object" && data !== null && "feature_states" in data) return "flagsmith-environment";
  throw invalid("data", "This is neither a list of flags nor a Flagsmith environment document. Name its `format` if it is one.");
}

function parse<T>(schema: z.ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ path: ["data", ...issue.path].join("."), message: issue.message }));
  throw new AppError("invalid", `${fields[0]?.path ?? "data"}: ${fields[0]?.message ?? "wrong"}`, { fields });
}
