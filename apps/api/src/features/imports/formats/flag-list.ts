import type { JsonValue } from "@halyard/evaluator/model";
import { z } from "zod";
import { createNamer } from "../keys.ts";
import { type ImportEntry, type ImportPlan, type PlannedFlag, refusal } from "../plan.ts";
import { refuseValue, valueTypeOf } from "../values.ts";

const entry = z.object({
  name: z.string().min(1),
  description: z.string().nullish(),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
});
export const flagList = z.array(entry);

/** The list of flags as Flagsmith's documentation prints it: names, descriptions and values, without states. */
export function planFlagList(list: z.infer<typeof flagList>, options: { readonly duplicates: "skip" | "rename" }): ImportPlan {
  const name = createNamer(options.duplicates);
  const flags: PlannedFlag[] = [];
  const refused: ImportEntry[] = [];
  for (const [index, it] of list.entries()) {
    const path = `[${index}]`;
    const named = name(it.name);
    const value: JsonValue = it.value ?? null;
    const reason = "refused" in named ? named.refused : refuseValue(value);
    if ("refused" in named || reason !== undefined) {
      refused.push(refusal(path, "flag", { name: it.name, note: reason ?? "" }));
      continue;
    }
    flags.push({
      path,
      ...named,
      description: it.description ?? "",
      valueType: valueTypeOf([value]),
      serverOnly: false,
      defaultEnabled: false,
      defaultValue: value,
      variants: [],
      state: { enabled: false, value, weights: [], seed: undefined },
    });
  }
  return {
    format: "flag-list",
    flags,
    segments: [],
    environment: undefined,
    refused,
    notes: ["The list says nothing of states: every flag starts off, with its value."],
  };
}
