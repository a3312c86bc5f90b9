import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { AppError } from "../../../features/delivery/index.ts";

/** The key and where it was found. A server key is a secret and belongs in no address. @throws AppError `forbidden` */
export function keyOf({ headers, query }: FastifyRequest): string {
  const header = headers["x-environment-key"];
  if (typeof header === "string") return header;
  const key = queryText(query, "key") ?? "";
  if (!key.startsWith("ser.")) return key;
  throw new AppError("forbidden", "A server key is a secret and belongs in no address; send it in the header X-Environment-Key.");
}

/** What is asked for: a body, or a parameter of that name; a browser that comes again says in a header where it stands. @throws AppError `invalid` */
export function readInput<T>(schema: z.ZodType<T>, { method, body, query, headers }: FastifyRequest): T {
  const text = method === "POST" ? body : queryText(query, "input");
  const given = typeof text === "string" && text !== "" ? parse(text) : undefined;
  const resumed = headers["last-event-id"] ?? queryText(query, "lastEventId");
  const input = typeof resumed === "string" && isFields(given ?? {}) ? { ...(given ?? {}), lastEventId: resumed } : given;
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  const fields = read.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const sentence = fields.map((it) => `${it.path === "" ? "The input" : `\`${it.path}\``}: ${it.message}`).join(" ");
  throw new AppError("invalid", sentence, { fields });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid", "The input is not JSON.", { cause });
  }
}

const isFields = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

function queryText(query: unknown, name: string): string | undefined {
  const value = typeof query === "object" && query !== null ? (query as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
