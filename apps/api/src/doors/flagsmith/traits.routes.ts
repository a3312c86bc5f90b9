import { LIMITS } from "@halyard/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../features/delivery/index.ts";
import { refuse, refuseFields } from "./errors.ts";
import { CORS } from "./headers.ts";
import { type Fields, isFields, member, readFields, readText } from "./input.ts";
import { createQueues } from "./queues.ts";
import { type Caller, callerOf, type DoorServices } from "./services.ts";
import { type GivenTrait, readTraitValue } from "./trait-input.ts";

/** One bulk write. */
const MAX_BULK = 1_000;

interface TraitWrite {
  readonly identifier: string;
  readonly key: string;
  readonly value: GivenTrait["value"];
}

/** Writes of traits without asking for flags, as old SDKs do. */
export function registerTraits(scope: FastifyInstance, services: DoorServices): void {
  const queues = createQueues();

  const writeTrait = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callerAllowedToWrite(services, request);
    const trait = readTraitWrite(readFields(request.body));
    await store(services, caller, [trait]);
    return reply.headers(CORS).send(traitWriteObject(trait));
  };

  const writeTraits = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callerAllowedToWrite(services, request);
    const items: unknown = request.body;
    if (!Array.isArray(items) || items.length > MAX_BULK || !items.every(isFields)) throw refuse(400, "Invalid request data");
    const traits = items.map(readTraitWrite);
    await store(services, caller, traits);
    return reply.headers(CORS).send(traits.map(traitWriteObject));
  };

  const incrementTrait = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callerAllowedToWrite(services, request);
    const { identifier, key, by } = readIncrement(readFields(request.body));
    // One after the other: two at once would both start from the same number.
    const value = await queues.run(`${caller.holder.environmentId} ${identifier}`, () =>
      increment(services, caller, { identifier, key, by }),
    );
    return reply.headers(CORS).send({ trait_key: key, trait_value: value, identifier });
  };

  for (const slash of ["", "/"]) {
    scope.post(`/api/v1/traits${slash}`, writeTrait);
    scope.put(`/api/v1/traits/bulk${slash}`, writeTraits);
    scope.post(`/api/v1/traits/increment-value${slash}`, incrementTrait);
  }
}

async function callerAllowedToWrite(services: DoorServices, request: FastifyRequest): Promise<Caller> {
  const caller = await callerOf(services, request);
  const { allowClientTraits } = caller.hub.current().compiled.snapshot.environment;
  if (caller.holder.kind === "client" && !allowClientTraits) {
    throw refuse(400, "Setting traits is not allowed with a client-side key in this environment; use a server-side key.");
  }
  return caller;
}

async function store({ delivery }: DoorServices, { holder }: Caller, writes: readonly TraitWrite[]): Promise<void> {
  const byIdentity = new Map<string, Map<string, TraitWrite["value"]>>();
  for (const { identifier, key, value } of writes) {
    const traits = byIdentity.get(identifier) ?? new Map<string, TraitWrite["value"]>();
    byIdentity.set(identifier, traits.set(key, value));
  }
  await Promise.all(
    [...byIdentity].map(([identifier, traits]) =>
      delivery.identities.write(holder.environmentId, identifier, Object.fromEntries(traits)),
    ),
  );
}

interface Increment {
  readonly identifier: string;
  readonly key: string;
  readonly by: number;
}

async function increment({ delivery }: DoorServices, { holder }: Caller, { identifier, key, by }: Increment): Promise<number> {
  // What is cached may be older than another process's increment.
  delivery.identities.forget(holder.environmentId, identifier);
  const { traits, fresh } = await delivery.identities.traits(holder.environmentId, identifier);
  if (!fresh) throw new AppError("unavailable", "The trait cannot be read now, so nothing was changed. Try again in a moment.");
  const before = traits.get(key)?.value ?? 0;
  const value = typeof before === "number" ? before + by : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    throw refuseFields({ trait_key: [`The trait ${key} is no integer that could be increased.`] });
  }
  await delivery.identities.write(holder.environmentId, identifier, Object.fromEntries([[key, value]]));
  return value;
}

function readTraitWrite(item: Fields): TraitWrite {
  const identity = member(item, "identity");
  const identifier = readText(isFields(identity) ? member(identity, "identifier") : undefined, LIMITS.identifier);
  const key = readText(member(item, "trait_key"), LIMITS.traitKey);
  const value = readTraitValue(member(item, "trait_value"));
  if (identifier.ok && key.ok && value.ok) return { identifier: identifier.value, key: key.value, value: value.value };
  throw refuseFields({
    ...(!identifier.ok && { identity: { identifier: identifier.problems } }),
    ...(!key.ok && { trait_key: key.problems }),
    ...(!value.ok && { trait_value: value.problems }),
  });
}

function readIncrement(body: Fields): Increment {
  const identifier = readText(member(body, "identifier"), LIMITS.identifier);
  const key = readText(member(body, "trait_key"), LIMITS.traitKey);
  const given = member(body, "increment_by");
  const by = typeof given === "string" && /^-?\d{1,15}$/.test(given) ? Number(given) : given;
  const isInteger = typeof by === "number" && Number.isSafeInteger(by);
  if (identifier.ok && key.ok && isInteger) return { identifier: identifier.value, key: key.value, by };
  throw refuseFields({
    ...(!identifier.ok && { identifier: identifier.problems }),
    ...(!key.ok && { trait_key: key.problems }),
    ...(!isInteger && { increment_by: ["Give a whole number."] }),
  });
}

const traitWriteObject = ({ identifier, key, value }: TraitWrite) => ({
  identity: { identifier },
  trait_key: key,
  trait_value: value,
});
