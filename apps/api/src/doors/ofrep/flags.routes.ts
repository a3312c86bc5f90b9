import { evaluate, evaluateAll, flagOf } from "@halyard/evaluator";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { EnvironmentState } from "../../features/delivery/index.ts";
import { answer } from "../shared/answer.ts";
import { hasClock } from "../shared/has-clock.ts";
import { isSameTag } from "../shared/tags.ts";
import { type Caller, callerOf } from "./caller.ts";
import { type KnownContext, readContext, withStoredTraits } from "./context.ts";
import { flagKeyOf, flagNotFound } from "./errors.ts";
import { bulkTag, waitForAnnounced } from "./etag.ts";
import { COMMON } from "./headers.ts";
import { isShown, outcomeText } from "./outcome-text.ts";
import type { DoorParts } from "./services.ts";
import { streamAddress } from "./stream.routes.ts";

/** Says that the answer rests on the request alone, as stored traits could not be read. */
const REQUEST_ONLY = ["X-Halyard-Traits", "request"];
/** A hidden page closes its stream after so many seconds, and asks anew when it is shown again. */
const INACTIVITY_SECONDS = 120;

export function registerFlags(scope: FastifyInstance, parts: DoorParts): void {
  const { delivery, counts, tokens } = parts;

  const evaluateOne = async (request: FastifyRequest, reply: FastifyReply) => {
    const key = flagKeyOf(request);
    if (key === undefined) return evaluateEvery(request, reply);
    const { holder, hub } = await callerOf(delivery, request.headers);
    const known = await withStoredTraits(delivery.identities, holder, readContext(request.body));
    const { compiled } = hub.current();
    const outcome = evaluate(compiled, key, known.context);
    const flag = flagOf(compiled, key);
    if (!flag || !isShown(holder.kind, compiled.snapshot, { flag, outcome })) throw flagNotFound(key);
    counts.add({ environmentId: holder.environmentId, flagKey: key, enabled: outcome.enabled, count: 1 });
    // A failure of one flag among many is part of a good answer; alone it is the answer.
    return send(reply, outcome.errorCode === undefined ? 200 : 400, { known, text: outcomeText(holder.kind, flag, outcome) });
  };

  const evaluateEvery = async (request: FastifyRequest, reply: FastifyReply) => {
    const { holder, hub } = await callerOf(delivery, request.headers);
    const given = readContext(request.body);
    await waitForAnnounced(hub, announcedBy(request.query));
    const known = await withStoredTraits(delivery.identities, holder, given);
    const state = hub.current();
    const token = tokens.issue(holder, known.canonical);
    const asked = { kind: holder.kind, canonical: known.canonical, streamUntil: token.until };
    const tag = hasClock(state.compiled.snapshot) ? undefined : bulkTag(state, asked);
    if (tag !== undefined && isSameTag(request.headers["if-none-match"], tag))
      return answer(reply, 304, { headers: [...COMMON, "ETag", tag] });
    const stream = {
      type: "sse",
      endpoint: { requestUri: streamAddress(token) },
      inactivityDelaySec: INACTIVITY_SECONDS,
    };
    const text = `{"flags":[${flagTexts({ holder, hub }, state, known)}],"metadata":{"version":${state.version}},"eventStreams":[${JSON.stringify(stream)}]}`;
    return send(reply, 200, { known, text, ...(tag !== undefined && { tag }) });
  };

  // Clients put their base address before the path as it is, with a slash at its end or without.
  for (const root of ["/ofrep", "//ofrep"]) {
    scope.post(`${root}/v1/evaluate/flags`, evaluateEvery);
    // Old clients send a key's slashes as they are, so whatever follows is one key.
    scope.post(`${root}/v1/evaluate/flags/*`, evaluateOne);
  }
}

function flagTexts({ holder: { kind } }: Caller, { compiled }: EnvironmentState, { context }: KnownContext): string {
  const { snapshot } = compiled;
  const { outcomes } = evaluateAll(compiled, context);
  let texts = "";
  for (const [place, flag] of snapshot.flags.entries()) {
    const outcome = outcomes[place];
    if (outcome === undefined || !isShown(kind, snapshot, { flag, outcome })) continue;
    const text = outcomeText(kind, flag, outcome);
    texts += texts === "" ? text : `,${text}`;
  }
  return texts;
}

interface Sending {
  readonly known: KnownContext;
  readonly text: string;
  readonly tag?: string;
}

function send(reply: FastifyReply, status: number, { known, text, tag }: Sending): FastifyReply {
  const body = Buffer.from(text);
  const headers = [...COMMON, "Content-Type", "application/json", "Content-Length", String(body.length)];
  if (tag !== undefined) headers.push("ETag", tag);
  if (!known.isFresh) headers.push(...REQUEST_ONLY);
  return answer(reply, status, { headers, body });
}

/** The tag of the event that made the client ask. */
function announcedBy(query: unknown): string | undefined {
  const value: unknown =
    typeof query === "object" && query !== null && "flagConfigEtag" in query ? query.flagConfigEtag : undefined;
  return typeof value === "string" ? value : undefined;
}
