import type { JsonValue } from "@halyard/evaluator/model";
import { z } from "zod";
import { createNamer } from "../keys.ts";
import { type ImportEntry, type ImportPlan, type PlannedFlag, refusal } from "../plan.ts";
import { refuseValue, valueTypeOf } from "../values.ts";

const value = z.union([z.string(), z.number(), z.boolean()]).nullish();
const percentage = z.number().min(0).max(100);
const option = z.object({
  percentage_allocation: percentage.default(0),
  default_percentage_allocation: percentage.default(0),
  value,
});
const feature = z.object({
  name: z.string().min(1),
  description: z.string().nullish(),
  default_enabled: z.boolean().default(false),
  is_server_key_only: z.boolean().default(false),
  initial_value: value,
  value,
  enabled: z.boolean().default(false),
  multivariate: z.array(option).default([]),
});
export const featureExport = z.array(feature);

/** Flagsmith's feature export of one environment. It holds no ids, segments or overrides. */
export function planFeatureExport(
  list: z.infer<typeof featureExport>,
  options: { readonly duplicates: "skip" | "rename" },
): ImportPlan {
  const name = createNamer(options.duplicates);
  const flags: PlannedFlag[] = [];
  const refused: ImportEntry[] = [];
  for (const [index, it] of list.entries()) {
    const path = `[${index}]`;
    const named = name(it.name);
    const values: JsonValue[] = [it.value ?? null, it.initial_value ?? null, ...it.multivariate.map((one) => one.value ?? null)];
    const reason = "refused" in named ? named.refused : values.map(refuseValue).find((one) => one !== undefined);
    if ("refused" in named || reason !== undefined) {
      refused.push(refusal(path, "flag", { name: it.name, note: reason ?? "" }));
      continue;
    }
    const valueType = valueTypeOf(values);
    flags.push({
      path,
      ...named,
      description: it.description ?? "",
      valueType: valueType === "boolean" && it.multivariate.length > 0 ? "json" : valueType,
      serverOnly: it.is_server_key_only,
      defaultEnabled: it.default_enabled,
      defaultValue: it.initial_value ?? null,
      variants: it.multivariate.map((one, at) => ({
        key: `option-${at + 1}`,
        value: one.value ?? null,
        defaultWeight: one.default_percentage_allocation,
        source: at,
      })),
      state: {
        enabled: it.enabled,
        value: it.value ?? null,
        weights: it.multivariate.map((one, at) => ({ source: at, weight: one.percentage_allocation })),
        seed: undefined,
      },
    });
  }
  return {
    format: "flagsmith-features",
    flags,
    segments: [],
    environment: undefined,
    refused,
    notes: [
      "This form holds no ids, so buckets cannot be kept: people may get another variant than before. Import the environment's document instead to keep them.",
      "Options have no keys in this form; they are named option-1, option-2 and so on.",
    ],
  };
}
