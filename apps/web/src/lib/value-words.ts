import type { JsonValue } from "@halyard/evaluator/model";

/** Longer values are cut: they stand inside a line. */
const MOST_LETTERS = 48;

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 20 });
const cut = (text: string): string => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text);

/** A value as a person would say it: `50`, `“Autumn sale”`, `{"count":4}`. */
export function valueWords(value: JsonValue): string {
  if (value === null) return "no value";
  if (typeof value === "string") return `“${cut(value)}”`;
  if (typeof value === "number") return number.format(value);
  return cut(JSON.stringify(value));
}
