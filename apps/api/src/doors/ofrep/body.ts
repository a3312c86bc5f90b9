import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
import { Refusal } from "./errors.ts";

/** Contexts are small; this has room for lists. */
const MAX_BYTES = 1024 * 1024;

/** Every body is read as JSON, whatever it is called: clients of the protocol send nothing else. */
export function registerBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MAX_BYTES }, (_request, body: Buffer, done) => {
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error instanceof Error ? error : new Error("The body could not be read.", { cause: error }));
    }
  });
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new Refusal(400, "PARSE_ERROR", "The body is not UTF-8.");
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw new Refusal(400, "PARSE_ERROR", `The body is not JSON: ${error instanceof Error ? error.message : "unreadable"}`);
  }
}
