import fc from "fast-check";

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** What `/rest/openapi.json` says, as far as it is read here. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface OperationObject {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  /** Names in the path, in order. */
  readonly places: readonly string[];
  readonly query: Readonly<Record<string, Schema>>;
  readonly body: Schema | undefined;
}

export const listOperations = ({ paths }: Document): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]) => ({
      method: method.toUpperCase(),
      path,
      places: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
      query: Object.fromEntries(
        (it.parameters ?? []).flatMap((one) => (one.in === "query" ? [[one.name, one.schema ?? {}]] : [])),
      ),
      body: it.requestBody?.content["application/json"]?.schema,
    })),
  );

/** Puts values into a path's places. */
export const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? "1"));

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    ...["", " ", "\0", "a\0b", "\ud800", "__proto__", "constructor", "' or 1=1 --", "%", "../..", "x".repeat(20_000), "=1+1"],
    ...["production", "web-shop", "true", "1e400", "\r\nX: y", "<img src=x onerror=alert(1)>", "{{7*7}}"],
    ...[0, -1, -0, 1.5, 2 ** 31, 2 ** 53, 1e308, null, true, [], {}, [null], [[[[]]]]],
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    Array.from({ length: 300 }, (_, index) => index),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue(),
);

/** Bodies that mostly fit a schema, with something hostile in some places. */
export function arbitraryOf(schema: Schema, document: Document, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: fitting(schema, document, depth) }, { weight: 1, arbitrary: hostile });
}

function fitting(schema: Schema, document: Document, depth: number): fc.Arbitrary<unknown> {
  if (depth > 5) return hostile;
  const inner = (it: Schema) => arbitraryOf(it, document, depth + 1);
  if (schema.$ref) return inner(document.components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map(inner));
  const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
  switch (type) {
    case "object": {
      const known = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, it]) => [name, inner(it)]));
      return fc
        .record(known, { requiredKeys: Object.keys(known) })
        .chain((full) =>
          fc.oneof(
            { weight: 6, arbitrary: fc.constant<unknown>(full) },
            { weight: 1, arbitrary: fc.subarray(Object.keys(full)).map((keys) => pick(full, keys)) },
            { weight: 1, arbitrary: hostile.map((extra) => ({ ...full, unknownField: extra })) },
          ),
        );
    }
    case "array":
      return fc.array(inner(schema.items ?? {}), { maxLength: 4 });
    case "string":
      return fc.oneof(
        fc.constantFrom("banner", "pros", "production", "viewer", "a"),
        fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
      );
    case "integer":
    case "number":
      return fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double());
    case "boolean":
      return fc.boolean();
    default:
      return hostile;
  }
}

const pick = (from: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, from[key]]));
