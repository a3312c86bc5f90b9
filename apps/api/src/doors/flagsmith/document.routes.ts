import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isSameTag } from "../shared/tags.ts";
import { refuse } from "./errors.ts";
import { isUnchangedSince, takesGzip } from "./headers.ts";
import { type Caller, callerOf, type DoorServices } from "./services.ts";
import { documentHeaders, documentOf, documentTag, type Encoding, type View, viewOf } from "./view.ts";

/** Smaller documents are not worth the client's unpacking. */
const MIN_ZIPPED_BYTES = 1_024;

export function registerDocument(scope: FastifyInstance, services: DoorServices): void {
  const readDocument = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callerOf(services, request);
    if (caller.holder.kind !== "server") {
      throw refuse(403, "A client-side key may not read the environment document; use a server-side key (ser.…).");
    }
    const view = viewOf(caller.hub.current());
    if (!isUnchanged(view, request.raw)) {
      const plain = await documentOf(view, "plain");
      const encoding = encodingOf(plain.body, request.raw);
      if (encoding === "gzip") await documentOf(view, encoding);
    }
    reply.hijack();
    sendDocument(view, request.raw, reply.raw);
    return reply;
  };
  for (const slash of ["", "/"]) scope.get(`/api/v1/environment-document${slash}`, readDocument);
}

/** For a caller whose document may be in memory. @returns false where it has to be asked for or made */
export function trySendDocument({ holder, hub }: Caller, request: IncomingMessage, response: ServerResponse): boolean {
  return holder.kind === "server" && sendDocument(viewOf(hub.current()), request, response);
}

function sendDocument(view: View, request: IncomingMessage, response: ServerResponse): boolean {
  if (isUnchanged(view, request)) {
    response.writeHead(304, view.document.plain.made?.unchangedHeaders ?? documentHeaders(view)).end();
    return true;
  }
  const plain = view.document.plain.made;
  const prepared = plain && view.document[encodingOf(plain.body, request)].made;
  if (!prepared) return false;
  response.writeHead(200, prepared.headers).end(prepared.body);
  return true;
}

const encodingOf = (plain: Buffer, { headers }: IncomingMessage): Encoding =>
  plain.length >= MIN_ZIPPED_BYTES && takesGzip(headers["accept-encoding"]) ? "gzip" : "plain";

function isUnchanged(view: View, { headers }: IncomingMessage): boolean {
  const asked = headers["if-none-match"];
  if (asked !== undefined) return isSameTag(asked, documentTag(view));
  return isUnchangedSince(headers["if-modified-since"], view.state.updatedAt);
}
