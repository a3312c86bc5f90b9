import type { VariantWeight, variant } from "@halyard/db/schema";
import type { JsonValue, ValueType } from "@halyard/evaluator/model";
import { invalid } from "../../errors.ts";
import { checkAgainstSchema, type ValueRule } from "./value-schema.ts";

type Variant = Pick<typeof variant.$inferSelect, "id" | "key">;
/** Shares by the variants' names, as callers give them. */
export type NamedWeights = readonly { readonly variant: string; readonly weight: number }[];

const REMEDY: Readonly<Record<ValueType, string>> = {
  boolean: "A boolean flag is its on/off state and takes no value. Set `enabled`, or make a flag of another `valueType`.",
  string: "This flag answers with text: give a string, or null for none.",
  number: "This flag answers with numbers: give a number, or null for none.",
  json: "Give any JSON.",
};

/** @throws AppError `invalid` naming `path`, or a place in the value below it, where the flag cannot answer with the value */
export function checkValue(path: string, rule: ValueRule, value: JsonValue): void {
  const { valueType } = rule;
  const fits = valueType === "json" || value === null || (valueType !== "boolean" && typeof value === valueType);
  if (!fits) throw invalid(path, REMEDY[valueType]);
  checkAgainstSchema(path, rule, value);
}

/** A variant has a value, unlike a flag that has none yet. */
export function checkVariantValue(path: string, rule: ValueRule, value: JsonValue): void {
  const { valueType } = rule;
  if (valueType === "boolean") {
    throw invalid(path, "A boolean flag is its on/off state and has no variants. Use the `valueType` string, number or json.");
  }
  if (value === null && valueType !== "json") throw invalid(path, `Give the variant a ${valueType}.`);
  checkValue(path, rule, value);
}

/** The name of what nobody is given a variant of; taken by evaluation. */
export const CONTROL = "control";

export function checkVariantKey(path: string, key: string): void {
  if (key === CONTROL) throw invalid(path, "`control` is who gets no variant; choose another key.");
}

/** Keyless variants come from imports only. */
export const variantName = (it: Variant): string => it.key ?? `#${it.id}`;

/**
 * One entry for every variant of the flag, in bucket order (by id), which is how states keep them. Who is not named gets 0.
 *
 * @throws AppError `invalid` for a name the flag has no variant of
 */
export function toWeights(variants: readonly Variant[], named: NamedWeights, path = "weights"): VariantWeight[] {
  const names = variants.map(variantName);
  for (const [index, it] of named.entries()) {
    if (names.includes(it.variant)) continue;
    const known = names.length === 0 ? "it has none" : `it has ${names.map((name) => `\`${name}\``).join(", ")}`;
    throw invalid(`${path}.${index}.variant`, `The flag has no variant \`${it.variant}\`; ${known}.`);
  }
  return byId(variants).map((it) => ({
    variantId: it.id,
    weight: threeDecimals(named.find((entry) => entry.variant === variantName(it))?.weight ?? 0),
  }));
}

export function toNamedWeights(weights: readonly VariantWeight[], variants: readonly Variant[]) {
  return weights.flatMap(({ variantId, weight }) => {
    const found = variants.find((it) => it.id === variantId);
    return found ? [{ variant: variantName(found), weight }] : [];
  });
}

export const byId = <T extends { readonly id: number }>(rows: readonly T[]): T[] => [...rows].sort((a, b) => a.id - b.id);

/** Cut rather than rounded, so that a sum of 100 stays one. */
export const threeDecimals = (percent: number): number => Math.floor(percent * 1_000 + 1e-6) / 1_000;

/** Sums of decimal percentages miss 100 by the last bits. */
const TOLERANCE = 1e-4;
export const isOverfull = (weights: readonly { readonly weight: number }[]): boolean =>
  weights.reduce((sum, it) => sum + it.weight, 0) > 100 + TOLERANCE;
