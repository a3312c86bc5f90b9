import type { JsonValue } from "@halyard/evaluator/model";
import type { OutputOf } from "./procedures.ts";

type ValueType = OutputOf<"flags.get">["valueType"];

export type ParsedValue = { readonly value: JsonValue; readonly error?: undefined } | { readonly error: string };

/** A value as it stands in its editor. */
export function toText(valueType: ValueType, value: JsonValue): string {
  if (value === null && valueType !== "json") return "";
  if (typeof value === "string" && valueType === "string") return value;
  return JSON.stringify(value, null, 2);
}

/** Reads what was typed. An empty box is no value, but an empty text where the value was one already. */
export function parseText(valueType: ValueType, text: string, before: JsonValue = null): ParsedValue {
  switch (valueType) {
    case "boolean":
      return { value: null };
    case "string":
      return { value: text === "" && before === null ? null : text };
    case "number":
      return parseNumber(text.trim());
    case "json":
      return text.trim() === "" ? { value: null } : parseJson(text);
  }
}

function parseNumber(text: string): ParsedValue {
  if (text === "") return { value: null };
  const value = Number(text);
  return Number.isFinite(value) ? { value } : { error: "Write a number, such as 50 or 0.82." };
}

function parseJson(text: string): ParsedValue {
  try {
    // JSON.parse answers nothing but JSON.
    return { value: JSON.parse(text) as JsonValue };
  } catch (error) {
    return { error: `This is not JSON${whereOf(text, error)}.` };
  }
}

/** Browsers name the place differently: `position 12`, `line 2 column 3`, or not at all. */
function whereOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const named = /line (\d+) column (\d+)/.exec(message);
  if (named) return `: look at line ${named[1]}, column ${named[2]}`;
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (Number.isNaN(position)) return /end of|Unterminated/i.test(message) ? ": it ends too early" : "";
  const before = text.slice(0, position).split("\n");
  return `: look at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
