import { evaluateAll } from "@halyard/evaluator";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { StoredTraits } from "../../features/delivery/index.ts";
import { answer, lengthOf } from "../shared/answer.ts";
import { flagNotFound, isUnavailable } from "./errors.ts";
import { outcomeText } from "./flag-object.ts";
import { type Identify, identifyByBody, identifyByQuery } from "./identify.ts";
import { changedTraits, mergedAttributes, traitObjects } from "./identity-traits.ts";
import { queryText, readFields } from "./input.ts";
import { type Caller, callerOf, type DoorServices } from "./services.ts";
import { mayKnow, viewOf } from "./view.ts";
import { createWriteBudget } from "./write-budget.ts";

const NOTHING_STORED: StoredTraits = { traits: new Map(), fresh: true };
/** Says that the answer rests on the request alone: stored traits could not be read, or the request's could not be stored. */
const REQUEST_ONLY = ["X-Halyard-Traits", "request"];

export function registerIdentities(scope: FastifyInstance, services: DoorServices): void {
  const budget = createWriteBudget();

  const readIdentity = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callerOf(services, request);
    const identify = identifyByQuery(request.query);
    const stored = await storedTraits(services, caller, identify);
    const name = queryText(request.query, "feature");
    if (name) return answerOne({ caller, reply, identify, stored }, name);
    return answerAll({ caller, reply, identify, stored });
  };

  const identify = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callerOf(services, request);
    const asked = withoutForbiddenTraits(caller, identifyByBody(readFields(request.body)));
    const stored = await storedTraits(services, caller, asked);
    const isKept = asked.transient || (await keepTraits(caller, asked, stored));
    return answerAll({ caller, reply, identify: asked, stored, isKept });
  };

  /** @returns whether everything that should be stored now is */
  async function keepTraits({ holder }: Caller, { identifier, traits }: Identify, stored: StoredTraits): Promise<boolean> {
    // Where nothing could be read now, nothing can be written; the client sends its traits again with its next request.
    if (!stored.fresh) return false;
    const changed = changedTraits(stored.traits, traits);
    if (changed === undefined) return true;
    if (holder.kind === "client" && !budget.spend(holder.keyId)) return false;
    try {
      await services.delivery.identities.write(holder.environmentId, identifier, changed);
      return true;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      // The flags go on.
      return false;
    }
  }

  for (const slash of ["", "/"]) {
    scope.get(`/api/v1/identities${slash}`, readIdentity);
    scope.post(`/api/v1/identities${slash}`, identify);
  }
}

async function storedTraits({ delivery }: DoorServices, { holder }: Caller, identify: Identify): Promise<StoredTraits> {
  return identify.invented ? NOTHING_STORED : delivery.identities.traits(holder.environmentId, identify.identifier);
}

/** Where clients may not say who they are, what they say is left aside without a word, as their SDKs expect. */
function withoutForbiddenTraits({ holder, hub }: Caller, identify: Identify): Identify {
  const { allowClientTraits } = hub.current().compiled.snapshot.environment;
  return holder.kind === "client" && !allowClientTraits ? { ...identify, traits: [] } : identify;
}

interface Answering {
  readonly caller: Caller;
  readonly reply: FastifyReply;
  readonly identify: Identify;
  readonly stored: StoredTraits;
  readonly isKept?: boolean;
}

function answerAll({ caller, reply, identify, stored, isKept = true }: Answering): FastifyReply {
  const { holder, hub } = caller;
  const view = viewOf(hub.current());
  const shape = view.shapes[holder.kind];
  const { environment, flags } = view.state.compiled.snapshot;
  const { outcomes } = evaluateAll(view.state.compiled, contextOf(identify, stored));
  let texts = "";
  for (const [place, flag] of flags.entries()) {
    const outcome = outcomes[place];
    if (outcome === undefined || !mayKnow(holder.kind, flag) || (environment.hideDisabledFlags && !outcome.enabled)) continue;
    const text = outcomeText(shape, view.environmentId, { flag, outcome });
    texts += texts === "" ? text : `,${text}`;
  }
  const maySeeStored = holder.kind === "server" && !environment.hideSensitiveData;
  const traits = JSON.stringify(traitObjects(maySeeStored ? stored.traits : undefined, identify.traits));
  // Encoded once: as text it would be walked for its length, and again when it is sent.
  const body = Buffer.from(`{"identifier":${JSON.stringify(identify.identifier)},"traits":${traits},"flags":[${texts}]}`);
  const headers = [...view.identityHeaders, "Content-Length", String(body.length)];
  if (!stored.fresh || !isKept) headers.push(...REQUEST_ONLY);
  return answer(reply, 200, { headers, body });
}

function answerOne({ caller, reply, identify, stored }: Answering, name: string): FastifyReply {
  const { holder, hub } = caller;
  const view = viewOf(hub.current());
  const { environment, flags } = view.state.compiled.snapshot;
  const flag = flags.find((one) => one.key === name);
  const outcome = evaluateAll(view.state.compiled, contextOf(identify, stored)).get(name);
  if (!flag || !outcome || !mayKnow(holder.kind, flag) || (environment.hideDisabledFlags && !outcome.enabled)) {
    throw flagNotFound();
  }
  const body = outcomeText(view.shapes[holder.kind], view.environmentId, { flag, outcome });
  const headers = [...view.identityHeaders, "Content-Length", lengthOf(body)];
  return answer(reply, 200, { headers: stored.fresh ? headers : [...headers, ...REQUEST_ONLY], body });
}

function contextOf({ identifier, traits }: Identify, stored: StoredTraits) {
  return { targetingKey: identifier, attributes: mergedAttributes(stored.traits, traits), now: Date.now() };
}
