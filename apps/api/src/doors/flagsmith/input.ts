import { type Problems, refuse } from "./errors.ts";

/** Readers of what clients send: unknown fields are ignored, known ones are checked, and every fault is named. */

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: Problems };

const UNSTORABLE = /\u0000|\p{Surrogate}/u;
const TRUE = new Set<unknown>([true, 1, "1", "true", "True", "TRUE"]);
const FALSE = new Set<unknown>([false, 0, null, undefined, "", "0", "false", "False", "FALSE"]);

export const found = <T>(value: T): Read<T> => ({ ok: true, value });
export const fault = (...problems: readonly string[]): { readonly ok: false; readonly problems: Problems } => ({
  ok: false,
  problems,
});

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of the object's own; `__proto__` and its kind are nobody's. */
export function member(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Text that is there. Numbers are taken for the text they look like, as clients without types send them. */
export function readText(value: unknown, max: number): Read<string> {
  if (value === undefined) return fault("This field is missing; give a text.");
  if (value === null) return fault("This field is null; give a text.");
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== "string") return fault("This is no text; give a string.");
  if (text.trim() === "") return fault("This field is blank; write at least one character.");
  if (text.length > max) return fault(`This has ${text.length} characters; use at most ${max}.`);
  if (!isStorable(text)) return fault("Remove the NUL characters and unpaired surrogates; they cannot be stored.");
  return found(text);
}

export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** Absent, null and blank are false; so are `false` and `0` as text, which Flagsmith takes for true. */
export function readFlag(value: unknown): Read<boolean> {
  if (TRUE.has(value)) return found(true);
  if (FALSE.has(value)) return found(false);
  return fault("This is neither true nor false.");
}

/** A query parameter; where it is given twice, the last one counts. */
export function queryText(query: unknown, name: string): string | undefined {
  const value = isFields(query) ? member(query, name) : undefined;
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last : undefined;
}

/** The body as an object; nothing at all is an empty one. */
export function readFields(body: unknown): Fields {
  if (body === undefined || body === null) return {};
  if (!isFields(body)) throw refuse(400, "The body must be a JSON object.");
  return body;
}
