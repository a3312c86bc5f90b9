import { jsonValue } from "@halyard/contracts/schemas";
import type { JsonValue, ValueType } from "@halyard/evaluator/model";

/** The one value type that holds all of a flag's values: Flagsmith types each value by itself, Halyard the flag. */
export function valueTypeOf(values: readonly JsonValue[]): ValueType {
  const kinds = new Set(values.filter((it) => it !== null).map((it) => typeof it));
  if (kinds.size === 0) return "boolean";
  if (kinds.size > 1) return "json";
  const [kind] = kinds;
  return kind === "string" || kind === "number" ? kind : "json";
}

/** Why a value cannot be stored, or `undefined`. */
export function refuseValue(value: JsonValue): string | undefined {
  const parsed = jsonValue.safeParse(value);
  return parsed.success ? undefined : `Its value cannot be stored: ${parsed.error.issues[0]?.message ?? "it is not JSON."}`;
}
