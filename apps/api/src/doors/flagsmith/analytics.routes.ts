import { LIMITS } from "@halyard/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { EnvironmentState } from "../../features/delivery/index.ts";
import { type Problems, refuseFields } from "./errors.ts";
import { CORS } from "./headers.ts";
import { type Fields, fault, found, isFields, member, type Read, readFields, readFlag, readText } from "./input.ts";
import { callerOf, type DoorServices } from "./services.ts";

/** Reads of one flag in one report; more is nonsense and dropped. */
const MAX_COUNT = 10_000_000;

const keysByState = new WeakMap<EnvironmentState, ReadonlyMap<string, string>>();

/** Clients report how often the application read each flag. Flags nobody knows are dropped. */
export function registerAnalytics(scope: FastifyInstance, services: DoorServices): void {
  const countReads = async (request: FastifyRequest, reply: FastifyReply) => {
    const { hub } = await callerOf(services, request);
    if (!isFields(request.body)) throw refuseFields({ non_field_errors: ["Expected a JSON object."] });
    const keys = flagKeys(hub.current());
    for (const [name, count] of Object.entries(request.body)) {
      const flagKey = keys.get(name.toLowerCase());
      if (flagKey === undefined || !isCount(count)) continue;
      services.counts.add({ environmentId: hub.environmentId, flagKey, enabled: undefined, count });
    }
    return reply.code(200).headers(CORS).send();
  };

  const countEvaluations = async (request: FastifyRequest, reply: FastifyReply) => {
    const { hub } = await callerOf(services, request);
    const read = readEvaluations(member(readFields(request.body), "evaluations"));
    if (!read.ok) throw refuseFields({ evaluations: read.problems });
    const keys = flagKeys(hub.current());
    for (const { name, enabled, count } of read.value) {
      const flagKey = keys.get(name.toLowerCase());
      if (flagKey !== undefined) services.counts.add({ environmentId: hub.environmentId, flagKey, enabled, count });
    }
    return reply.code(204).headers(CORS).send();
  };

  for (const slash of ["", "/"]) {
    scope.post(`/api/v1/analytics/flags${slash}`, countReads);
    scope.post(`/api/v2/analytics/flags${slash}`, countEvaluations);
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value <= MAX_COUNT;
}

interface CountedEvaluation {
  readonly name: string;
  readonly enabled: boolean;
  readonly count: number;
}

function readEvaluations(value: unknown): Read<readonly CountedEvaluation[]> {
  if (!Array.isArray(value)) return fault("This is no list; give a list of evaluations.");
  const items: readonly unknown[] = value;
  const read = items.map((item) => (isFields(item) ? readEvaluation(item) : fault("This is no object.")));
  if (read.some((one) => !one.ok)) {
    return { ok: false, problems: read.map((one): Problems => (one.ok ? {} : one.problems)) };
  }
  return found(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

function readEvaluation(item: Fields): Read<CountedEvaluation> {
  const name = readText(member(item, "feature_name"), LIMITS.flagKey);
  const given = member(item, "enabled_when_evaluated");
  const enabled = given === undefined ? fault("This field is missing; give true or false.") : readFlag(given);
  const count = member(item, "count");
  if (name.ok && enabled.ok && isCount(count)) return found({ name: name.value, enabled: enabled.value, count });
  return {
    ok: false,
    problems: {
      ...(!name.ok && { feature_name: name.problems }),
      ...(!enabled.ok && { enabled_when_evaluated: enabled.problems }),
      ...(!isCount(count) && { count: [`Give a whole number from 1 to ${MAX_COUNT}.`] }),
    },
  };
}

/** Flag keys by their lower case: clients spell them as the application does. */
function flagKeys(state: EnvironmentState): ReadonlyMap<string, string> {
  const made = keysByState.get(state) ?? new Map(state.compiled.snapshot.flags.map(({ key }) => [key.toLowerCase(), key]));
  keysByState.set(state, made);
  return made;
}
