import type { AttributeValue, Context } from "@halyard/evaluator/model";
import { isRecord } from "./json.ts";

/** Splits the flat context of the API into the wire's two parts. Members that are no attribute values are left out. */
export function splitContext(context: unknown): Context {
  const { targetingKey, ...rest } = isRecord(context) ? context : {};
  const attributes: [string, AttributeValue][] = [];
  for (const [name, value] of Object.entries(rest)) if (isAttributeValue(value)) attributes.push([name, value]);
  return {
    ...(typeof targetingKey === "string" && { targetingKey }),
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
  };
}

/** A scalar, or a list of them. */
const isAttributeValue = (value: unknown): value is AttributeValue =>
  [value].flat().every((it) => it === null || ["string", "boolean"].includes(typeof it) || Number.isFinite(it));
