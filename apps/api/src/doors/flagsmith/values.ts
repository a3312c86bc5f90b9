import type { FlagState, JsonValue, ValueType, WeightedVariant } from "@halyard/evaluator";

const INT32 = 2 ** 31 - 1;

/** Flagsmith's clients know text, 32-bit integers, booleans and null; everything else travels as text. */
export function clientValue(valueType: ValueType, value: JsonValue): string | number | boolean | null {
  if (valueType === "boolean") return null;
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) <= INT32 ? value : String(value);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

/** A boolean flag is its own state and never splits. */
export function variantsOf(valueType: ValueType, state: FlagState): readonly WeightedVariant[] {
  return valueType === "boolean" ? [] : state.variants;
}

/** The integer a seed stands for. Clients turn it back into text and hash that, so only a seed that survives the way counts. */
export function seedNumber(seed: string): number | null {
  const number = Number(seed);
  return Number.isInteger(number) && number > 0 && number <= INT32 && String(number) === seed ? number : null;
}

/** The same words always give the same UUID; for fields that typed clients insist on and nobody compares. */
export function uuidOf(kind: "state" | "variant", number: number): string {
  return `00000000-0000-${kind === "state" ? "4000" : "4001"}-8000-${number.toString(16).padStart(12, "0")}`;
}
