import type { ErrorBody } from "@halyard/contracts";
import type { JsonSchema } from "@halyard/contracts/schemas";
import type { JsonValue, ValueType } from "@halyard/evaluator/model";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { AppError, invalid } from "../../errors.ts";
import { TooLongError, withinTime } from "./time-limit.ts";
import { checkKeywords, FORMATS, toMatcher } from "./value-schema.keywords.ts";

export type Misfit = NonNullable<ErrorBody["fields"]>[number];

/** What a flag asks of its values. */
export interface ValueRule {
  readonly valueType: ValueType;
  readonly valueSchema?: JsonSchema | null | undefined;
}

const DRAFT = "https://json-schema.org/draft/2020-12/schema";
const MOST_MISFITS = 5;
const MOST_COMPILED = 200;
/** An engine keeps a little of each schema for ever. */
const MOST_PER_ENGINE = 200;

/** Compiled schemas by their text, the longest unused first. */
const compiled = new Map<string, ValidateFunction>();
let engine: Ajv2020 | undefined;
let compiledByEngine = 0;

function createEngine(): Ajv2020 {
  // Ajv takes patterns of the same text for one.
  const toRegExp = (pattern: string) => ({ test: toMatcher(pattern), toString: () => pattern });
  const regExp = Object.assign(toRegExp, { code: "" });
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictTuples: false,
    allowUnionTypes: true,
    // `constructor` and its like are properties only of values that have them.
    ownProperties: true,
    // A short schema that refers often would become megabytes of code.
    inlineRefs: false,
    multipleOfPrecision: 9,
    logger: false,
    code: { regExp },
  });
  addFormats(ajv, [...FORMATS]);
  // Compiles the schema of schemas here, where no clock runs.
  ajv.getSchema(DRAFT);
  return ajv;
}

/** @throws AppError `invalid` naming the place in the schema, such as `valueSchema.properties.price.minimum` */
export function checkValueSchema({ valueType, valueSchema }: ValueRule): void {
  if (valueSchema === undefined || valueSchema === null) return;
  if (valueType === "boolean") throw invalid("valueSchema", "A boolean flag has no value that a schema could describe.");
  compile(valueSchema);
}

/** Each of many values with what of it does not satisfy the schema; those that do are left out, and the time is one check's. */
export function findMisfits<T extends { readonly value: JsonValue }>(
  { valueType, valueSchema }: ValueRule,
  values: readonly T[],
  most: number,
): { readonly of: T; readonly misfits: readonly Misfit[] }[] {
  if (valueSchema === undefined || valueSchema === null) return [];
  const validate = compile(valueSchema);
  const found: { of: T; misfits: Misfit[] }[] = [];
  try {
    withinTime(() => {
      for (const of of values) {
        if (found.length >= most) return;
        const misfits = isNone(valueType, of.value) ? [] : misfitsIn(validate, of.value, "value");
        if (misfits.length > 0) found.push({ of, misfits });
      }
    });
  } catch (error) {
    if (error instanceof TooLongError) throw invalid("valueSchema", "Checking the flag's values against it takes too long.");
    throw error;
  }
  return found;
}

/** Text and numbers may be none, which no schema is asked about; the `null` of JSON is a value. */
const isNone = (valueType: ValueType, value: JsonValue): boolean => value === null && valueType !== "json";

/** What of a value does not satisfy the flag's schema. Nothing where there is no schema or, but for JSON, no value. */
export function misfitsOf({ valueType, valueSchema }: ValueRule, value: JsonValue, path: string): readonly Misfit[] {
  if (valueSchema === undefined || valueSchema === null || isNone(valueType, value)) return [];
  const validate = compile(valueSchema);
  try {
    return withinTime(() => misfitsIn(validate, value, path));
  } catch (error) {
    if (error instanceof TooLongError) return [{ path, message: "checking it against the flag's schema takes too long" }];
    throw error;
  }
}

function misfitsIn(validate: ValidateFunction, value: JsonValue, path: string): Misfit[] {
  try {
    if (validate(value)) return [];
  } catch (error) {
    // A schema may refer to itself without an end.
    if (error instanceof RangeError) return [{ path, message: "the flag's schema refers to itself without an end here" }];
    throw error;
  }
  const misfits = (validate.errors ?? []).map((it) => ({ path: toPath(path, it.instancePath), message: inWords(it) }));
  return misfits.slice(0, MOST_MISFITS);
}

export const misfitWords = (misfits: readonly Misfit[]): string =>
  misfits.map(({ path, message }) => `${path}: ${message}`).join("; ");

/** @throws AppError `invalid` naming the place inside the value, such as `value.price` */
export function checkAgainstSchema(path: string, rule: ValueRule, value: JsonValue): void {
  const fields = misfitsOf(rule, value, path);
  if (fields.length === 0) return;
  throw new AppError("invalid", `The value does not satisfy the flag's schema: ${misfitWords(fields)}.`, { fields });
}

function compile(schema: JsonSchema): ValidateFunction {
  const text = JSON.stringify(schema);
  const known = compiled.get(text);
  const validate = known ?? compileAnew(schema);
  compiled.delete(text);
  compiled.set(text, validate);
  const [oldest] = compiled.keys();
  if (compiled.size > MOST_COMPILED && oldest !== undefined) compiled.delete(oldest);
  return validate;
}

function compileAnew(schema: JsonSchema): ValidateFunction {
  const path = "valueSchema";
  try {
    const ajv = takeEngine();
    return withinTime(() => {
      const own = withoutName(schema, path);
      if (!ajv.validateSchema(own)) {
        const [first] = ajv.errors ?? [];
        if (first) throw invalid(toPath(path, first.instancePath), `This is no JSON Schema 2020-12: ${inWords(first)}.`);
      }
      checkKeywords(own, path);
      const validate = ajv.compile(own);
      if (typeof own === "object") ajv.removeSchema(own);
      return validate;
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    // It was stopped in the middle of its work, or of an error of which it keeps traces.
    engine = undefined;
    if (error instanceof TooLongError) throw invalid(path, "It takes too long to compile; make it smaller.");
    throw invalid(path, `It cannot be compiled: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function takeEngine(): Ajv2020 {
  if (!engine || compiledByEngine >= MOST_PER_ENGINE) {
    engine = createEngine();
    compiledByEngine = 0;
  }
  compiledByEngine++;
  return engine;
}

/** The outermost schema may have a name and a draft; ours needs no name, or two flags could not have the same schema. */
function withoutName(schema: JsonSchema, path: string): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const { $id: _, $schema, ...own } = schema;
  if ($schema !== undefined && $schema !== DRAFT && $schema !== `${DRAFT}#`) {
    throw invalid(`${path}.$schema`, `Write the schema in draft 2020-12, ${DRAFT}.`);
  }
  return own;
}

/** `/items/0/a~1b` as `items.0.a/b`. */
const toPath = (path: string, pointer: string): string =>
  [path, ...pointer.split("/").slice(1)].map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")).join(".");

function inWords({ keyword, params, message = "does not fit" }: ErrorObject): string {
  const { additionalProperty, unevaluatedProperty, allowedValues, allowedValue } = params as Readonly<Record<string, unknown>>;
  const excess = additionalProperty ?? unevaluatedProperty;
  if (typeof excess === "string") return `must not have the property \`${excess.slice(0, 100)}\``;
  if (keyword === "enum") return `must be one of ${JSON.stringify(allowedValues).slice(0, 200)}`;
  if (keyword === "const") return `must be ${JSON.stringify(allowedValue).slice(0, 200)}`;
  return message.slice(0, 300);
}
