import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
import { refuse } from "./errors.ts";

/** 100 traits of the greatest length fit in, escaped as JSON likes. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Bodies are JSON or forms. Parsed here, because the answer to a broken one is part of the protocol. */
export function registerBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  const options = { parseAs: "buffer", bodyLimit: MAX_BYTES } as const;
  scope.addContentTypeParser(/^application\/(?:[\w.+-]+\+)?json(?:;|$)/i, options, (_request, body: Buffer, done) =>
    settle(done, () => parseJson(body)),
  );
  scope.addContentTypeParser("application/x-www-form-urlencoded", options, (_request, body: Buffer, done) =>
    settle(done, () => parseForm(body)),
  );
}

function settle(done: (error: Error | null, body?: unknown) => void, parse: () => unknown): void {
  try {
    done(null, parse());
  } catch (error) {
    done(error instanceof Error ? error : new Error("The body could not be read.", { cause: error }));
  }
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw refuse(400, "JSON parse error - the body is not UTF-8");
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw refuse(400, `JSON parse error - ${error instanceof Error ? error.message : "the body is not JSON"}`);
  }
}

/** `identity.identifier=x` becomes a member of a member. */
function parseForm(body: Buffer): unknown {
  const fields: [string, unknown][] = [];
  const nested = new Map<string, [string, string][]>();
  for (const [name, value] of new URLSearchParams(body.toString("utf8"))) {
    const [parent, child] = name.split(".", 2);
    if (parent === undefined || child === undefined) fields.push([name, value]);
    else nested.set(parent, [...(nested.get(parent) ?? []), [child, value]]);
  }
  for (const [parent, members] of nested) fields.push([parent, Object.fromEntries(members)]);
  return Object.fromEntries(fields);
}
