import { z } from "zod";
import { invalid } from "../errors.ts";
import type { RestProcedure } from "./rest-procedures.ts";

interface Request {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The procedure's input from path, query and body. Only words of path and query are turned into numbers, truth values and lists,
 * by what the schema asks for; a body is taken as it is. What does not fit stays text, and the schema says what is wrong.
 *
 * @throws AppError `invalid`
 */
export function readInput({ input, pathFields, rest }: RestProcedure, { params, query, body }: Request): Fields {
  const given = rest === "body" ? toFields(body, "body") : fromWords(input, toFields(query, "query"));
  const twice = pathFields.find((field) => Object.hasOwn(given, field));
  if (twice !== undefined) throw invalid(twice, `\`${twice}\` stands in the address; leave it out of the ${rest}.`);
  if (rest === "body") {
    const [stray] = Object.keys(toFields(query, "query"));
    if (stray !== undefined) throw invalid(stray, `\`${stray}\` belongs into the body; this address takes no query.`);
  }
  return { ...given, ...fromWords(input, toFields(params, "path")) };
}

function toFields(value: unknown, place: string): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw invalid("", `Send a JSON object as the ${place}.`);
  return Object.fromEntries(Object.entries(value));
}

function fromWords({ shape }: z.ZodObject, words: Fields): Fields {
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, fromWord(shape[name], word)]));
}

function fromWord(schema: unknown, word: unknown): unknown {
  const wanted = unwrap(schema);
  if (wanted instanceof z.ZodArray)
    return (Array.isArray(word) ? word : [word]).map((it: unknown) => fromWord(wanted.element, it));
  if (typeof word !== "string") return word;
  if (wanted instanceof z.ZodNumber) return /^-?\d{1,15}(\.\d{1,15})?$/.test(word) ? Number(word) : word;
  if (wanted instanceof z.ZodBoolean) return word === "true" ? true : word === "false" ? false : word;
  if (wanted instanceof z.ZodObject) return fromJson(word);
  return word;
}

/** An object in a query is written as JSON. */
function fromJson(word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    return word; // The schema says that an object was wanted.
  }
}

/** Looks through defaults, optionals, nullables and transforms. */
export function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrap(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.in) : schema;
}
