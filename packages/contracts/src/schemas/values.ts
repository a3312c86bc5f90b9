import type { JsonValue } from "@halyard/evaluator/model";
import { z } from "zod";
import { LIMITS } from "../limits.ts";

/** `JSON.stringify` escapes both; a backslash that is itself escaped begins no escape. */
const UNSTORABLE_JSON = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== "object" || value === null || (levels > 0 && Object.values(value).every((it) => isShallow(it, levels - 1)));

const shallow = z.unknown().refine((value) => isShallow(value, LIMITS.valueDepth), {
  error: `Nest arrays and objects at most ${LIMITS.valueDepth} deep.`,
  abort: true,
});

const json = z.json().superRefine((value, context) => {
  const serialised = JSON.stringify(value);
  if (serialised.length > LIMITS.value + 2) context.addIssue(`Use at most ${LIMITS.value} characters.`);
  if (UNSTORABLE_JSON.test(serialised))
    context.addIssue("Remove the NUL characters and unpaired surrogates; they cannot be stored.");
});

/** Any JSON, at most {@link LIMITS.value} characters when serialised. */
export const jsonValue: z.ZodType<JsonValue> = shallow.pipe(json);

const isSchema = (value: JsonValue): value is JsonSchema =>
  typeof value === "boolean" || (typeof value === "object" && value !== null && !Array.isArray(value));

/** Zod leaves `__proto__` out of records; a rule must not get lost without a word. */
const hasProtoName = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (Object.hasOwn(value, "__proto__") || Object.values(value).some((it) => hasProtoName(it)));

export type JsonSchema = boolean | { readonly [keyword: string]: JsonValue };

/** A JSON Schema of the draft 2020-12, at most {@link LIMITS.valueSchema} characters when serialised. The API checks what it says. */
export const valueSchema: z.ZodType<JsonSchema> = shallow
  .refine((value) => !hasProtoName(value), "Remove `__proto__`; no value can have a property of that name.")
  .pipe(json)
  .refine(isSchema, "Give a JSON Schema: an object, or true or false.");

export const valueType = z.enum(["boolean", "string", "number", "json"]);

/** Percent; three decimals are kept. */
export const weight = z.number().min(0, "Use 0 to 100.").max(100, "Use 0 to 100.");

/** Shares of variants by their key, in percent; at most 100 together, the rest gets the control value. */
export const weights = z
  .array(z.strictObject({ variant: z.string(), weight }))
  .max(LIMITS.variantsPerFlag)
  .refine((list) => list.reduce((sum, entry) => sum + entry.weight, 0) <= 100.0001, "Weights add up to more than 100.")
  .refine((list) => new Set(list.map((entry) => entry.variant)).size === list.length, "Name each variant once.");
