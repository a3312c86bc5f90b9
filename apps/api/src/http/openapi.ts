import { ERROR_STATUS, type ErrorCode } from "@halyard/contracts";
import type { AnyRouter } from "@trpc/server";
import { z } from "zod";
import { REST_PREFIX } from "./rest.routes.ts";
import { unwrap } from "./rest-input.ts";
import { listRestProcedures, type RestProcedure } from "./rest-procedures.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

export interface OpenApiOptions {
  readonly version: string;
  /** Address of this installation. */
  readonly server: string;
}

const ERRORS: Readonly<Record<ErrorCode, string>> = {
  invalid: "Something in the request is wrong; `fields` says what and where.",
  unauthenticated: "Nobody is signed in, or the API key is wrong, revoked or expired.",
  forbidden: "Your role does not allow this.",
  not_found: "There is no such thing, or you may not see it.",
  gone: "It was there and is no more: revoked, used up or expired.",
  conflict: "It exists already, or was changed since; `current` is how it is now.",
  too_large: "The body is too large.",
  rate_limited: "Too many calls; wait as long as `Retry-After` says.",
  internal: "Something went wrong on our side; it was logged.",
  unavailable: "The database does not answer; nothing was written. Wait as long as `Retry-After` says.",
};

/** The OpenAPI 3.1 document of the REST API, from the same schemas that check every call. */
export function openApiDocument(router: AnyRouter, { version, server }: OpenApiOptions): JsonObject {
  const components = createComponents();
  const procedures = listRestProcedures(router);
  const paths: Record<string, Record<string, Json>> = {};
  for (const procedure of procedures) {
    const { path, method } = procedure.route;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(procedure, components) };
  }
  const tags = [...new Set(procedures.map((it) => it.route.tag))].sort().map((name) => ({ name }));
  return {
    openapi: "3.1.0",
    info: {
      title: "Halyard",
      version,
      description:
        "Manages flags, segments and everything around them. Programs send `Authorization: Api-Key <key>`; the dashboard uses a session cookie. Unknown fields are refused.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: server + REST_PREFIX }],
    security: [{ apiKey: [] }, { session: [] }],
    tags,
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "Authorization", description: "`Api-Key hal_…`" },
        session: { type: "apiKey", in: "cookie", name: "halyard.session_token" },
      },
      responses: Object.fromEntries(Object.entries(ERRORS).map(([code, description]) => [code, errorResponse(description)])),
      schemas: { ...components.all(), Error: ERROR_SCHEMA },
    },
  };
}

function operation(procedure: RestProcedure, components: Components): JsonObject {
  const { route, input, output, pathFields, rest, name } = procedure;
  const schema = components.schemaOf(input, "input");
  const properties = asObject(schema["properties"]);
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  const others = Object.keys(properties).filter((field) => !pathFields.includes(field));
  const parameters = [
    ...pathFields.map((field) => ({ name: field, in: "path", required: true, schema: properties[field] ?? {} })),
    ...(rest === "query" ? others : []).map((field) => ({
      name: field,
      in: "query",
      required: required.has(field),
      // An object in a query is written as JSON.
      ...(unwrap(input.shape[field]) instanceof z.ZodObject
        ? { content: { "application/json": { schema: properties[field] ?? {} } } }
        : { schema: properties[field] ?? {} }),
    })),
  ];
  const body = {
    type: "object",
    properties: Object.fromEntries(others.map((field) => [field, properties[field] ?? {}])),
    required: others.filter((field) => required.has(field)),
    additionalProperties: false,
  };
  const { status = 200 } = route;
  const answer =
    status === 204 || !output
      ? { description: "Done." }
      : { description: "Done.", content: { "application/json": { schema: components.schemaOf(output, "output") } } };
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.tag],
    parameters,
    ...(rest === "body" && {
      requestBody: { required: body.required.length > 0, content: { "application/json": { schema: body } } },
    }),
    responses: {
      [status]: answer,
      ...Object.fromEntries(
        Object.keys(ERRORS).map((code) => [
          ERROR_STATUS[code as keyof typeof ERRORS],
          { $ref: `#/components/responses/${code}` },
        ]),
      ),
    },
  };
}

const ERROR_SCHEMA: JsonObject = {
  type: "object",
  required: ["code", "message"],
  properties: {
    code: { type: "string", enum: Object.keys(ERROR_STATUS) },
    message: { type: "string", description: "Names the thing and the remedy." },
    fields: {
      type: "array",
      items: {
        type: "object",
        required: ["path", "message"],
        properties: { path: { type: "string" }, message: { type: "string" } },
      },
    },
    current: { description: "For a conflict: the row as it is now." },
  },
};

const errorResponse = (description: string): JsonObject => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
});

interface Components {
  schemaOf(schema: z.ZodType, io: "input" | "output"): JsonObject;
  all(): JsonObject;
}

/** Schemas that refer to themselves become components; the same one is kept once. */
function createComponents(): Components {
  const byText = new Map<string, string>();
  const kept: Record<string, Json> = {};

  function keep(name: string, definition: Json): string {
    const text = JSON.stringify(definition);
    const known = byText.get(text);
    if (known !== undefined) return known;
    const base = name.startsWith("__") ? "Json" : name;
    const free = base in kept ? `${base}${Object.keys(kept).length}` : base;
    byText.set(text, free);
    kept[free] = {}; // taken, while it refers to itself
    return free;
  }

  return {
    schemaOf(schema, io) {
      const { $schema: _, $defs, ...own } = asObject(toJson(z.toJSONSchema(schema, { io, unrepresentable: "any" })));
      const names = new Map(Object.entries(asObject($defs)).map(([name, definition]) => [name, keep(name, definition)]));
      for (const [name, definition] of Object.entries(asObject($defs))) {
        kept[names.get(name) ?? name] = refer({ ...asObject(definition), id: undefined }, names);
      }
      return asObject(refer(own, names));
    },
    all: () => kept,
  };
}

function refer(value: unknown, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((it) => refer(it, names));
  if (typeof value !== "object" || value === null) return toJson(value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, it]): [string, Json][] => {
      if (it === undefined) return [];
      if (key !== "$ref" || typeof it !== "string") return [[key, refer(it, names)]];
      const name = it.replace("#/$defs/", "");
      return [[key, `#/components/schemas/${names.get(name) ?? name}`]];
    }),
  );
}

const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

function asObject(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
