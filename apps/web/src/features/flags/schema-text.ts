import type { OutputOf } from "../../lib/procedures.ts";
import { parseText } from "../../lib/value-text.ts";

export type ValueSchema = OutputOf<"flags.get">["valueSchema"];

export const toSchemaText = (schema: ValueSchema): string => (schema === null ? "" : JSON.stringify(schema, null, 2));

export type ParsedSchema = { readonly schema: ValueSchema; readonly error?: undefined } | { readonly error: string };

/** An empty box is no schema. */
export function parseSchema(text: string): ParsedSchema {
  if (text.trim() === "") return { schema: null };
  const parsed = parseText("json", text);
  if (parsed.error !== undefined) return parsed;
  const { value } = parsed;
  if (typeof value === "boolean") return { schema: value };
  // `isArray` does not narrow read-only arrays.
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { error: 'Write a JSON Schema, such as {"type": "object"}.' };
  }
  return { schema: value as Exclude<ValueSchema, boolean | null> };
}
