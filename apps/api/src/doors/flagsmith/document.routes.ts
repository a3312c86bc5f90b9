import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answer } from "../shared/answer.ts";
import { isSameTag } from "../shared/tags.ts";
import { refuse } from "./errors.ts";
import { isUnchangedSince, takesGzip } from "./headers.ts";
import { callerOf, type DoorServices } from "./services.ts";
import { documentOf, documentTag, headersOf, type View, viewOf } from "./view.ts";

/** Smaller documents are not worth the client's unpacking. */
const MIN_ZIPPED_BYTES = 1_024;

export function registerDocument(scope: FastifyInstance, services: DoorServices): void {
  const readDocument = async (request: FastifyRequest, reply: FastifyReply) => {
    const { holder, hub } = await callerOf(services, request);
    if (holder.kind !== "server") {
      throw refuse(403, "A client-side key may not read the environment document; use a server-side key (ser.…).");
    }
    const view = viewOf(hub.current());
    const headers = headersOfDocument(view);
    if (isUnchanged(view, request)) return answer(reply, 304, { headers });
    const plain = await documentOf(view, { zipped: false });
    const zipped = plain.length >= MIN_ZIPPED_BYTES && takesGzip(request.headers["accept-encoding"]);
    const body = zipped ? await documentOf(view, { zipped }) : plain;
    headers.push("Content-Type", "application/json", "Content-Length", String(body.length));
    if (zipped) headers.push("Content-Encoding", "gzip");
    return answer(reply, 200, { headers, body });
  };
  for (const slash of ["", "/"]) scope.get(`/api/v1/environment-document${slash}`, readDocument);
}

function headersOfDocument(view: View): string[] {
  const headers = [...headersOf(view.updatedAt), "ETag", documentTag(view)];
  headers.push("Last-Modified", view.state.updatedAt.toUTCString(), "Vary", "Accept-Encoding");
  return headers;
}

function isUnchanged(view: View, { headers }: FastifyRequest): boolean {
  const asked = headers["if-none-match"];
  if (asked !== undefined) return isSameTag(asked, documentTag(view));
  return isUnchangedSince(headers["if-modified-since"], view.state.updatedAt);
}
