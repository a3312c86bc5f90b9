import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answer, lengthOf } from "../shared/answer.ts";
import { isSameTag } from "../shared/tags.ts";
import { flagNotFound } from "./errors.ts";
import { everyonesFlags } from "./everyones.ts";
import { defaultText } from "./flag-object.ts";
import { COMMON } from "./headers.ts";
import { queryText } from "./input.ts";
import { type Caller, callerOf, type DoorServices } from "./services.ts";
import { clientValue, variantsOf } from "./values.ts";
import { mayKnow, preparedFlags, viewOf } from "./view.ts";

export function registerFlags(scope: FastifyInstance, services: DoorServices): void {
  const listFlags = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callerOf(services, request);
    const name = queryText(request.query, "feature");
    if (name) return answerOne(caller, reply, name);
    reply.hijack();
    sendFlags(caller, request.raw, reply.raw);
    return reply;
  };
  const listOptions = async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
    const caller = await callerOf(services, request);
    const flag = caller.hub.current().compiled.snapshot.flags.find((one) => String(one.id) === request.params.id);
    if (!flag || !mayKnow(caller.holder.kind, flag)) throw flagNotFound();
    const body = JSON.stringify({
      control_value: clientValue(flag.valueType, flag.value),
      options: variantsOf(flag.valueType, flag).map(({ value }) => ({ value: clientValue(flag.valueType, value) })),
    });
    return answer(reply, 200, {
      headers: [...COMMON, "Content-Type", "application/json", "Content-Length", lengthOf(body)],
      body,
    });
  };
  for (const slash of ["", "/"]) {
    scope.get(`/api/v1/flags${slash}`, listFlags);
    scope.get(`/api/v1/flags/:id/multivariate-options${slash}`, listOptions);
  }
}

/** Every flag, as everybody gets it who names no identity; nothing where the asker has it already. */
export function sendFlags({ holder, hub }: Caller, request: IncomingMessage, response: ServerResponse): void {
  const { body, tag, headers, unchangedHeaders } = preparedFlags(viewOf(hub.current()), holder.kind);
  if (isSameTag(request.headers["if-none-match"], tag)) response.writeHead(304, unchangedHeaders).end();
  else response.writeHead(200, headers).end(body);
}

function answerOne({ holder, hub }: Caller, reply: FastifyReply, name: string): FastifyReply {
  const view = viewOf(hub.current());
  const { snapshot } = view.state.compiled;
  const found = everyonesFlags(snapshot).find(({ flag }) => flag.key === name);
  if (!found || !mayKnow(holder.kind, found.flag)) throw flagNotFound();
  if (snapshot.environment.hideDisabledFlags && !found.enabled) throw flagNotFound();
  const body = defaultText(view.shapes[holder.kind], view.environmentId, found);
  return answer(reply, 200, { headers: [...view.identityHeaders, "Content-Length", lengthOf(body)], body });
}
