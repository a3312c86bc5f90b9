import type { FastifyRequest } from "fastify";
import type { Delivery, Hub, KeyHolder } from "../../features/delivery/index.ts";
import { missingKey, unknownKey } from "./errors.ts";

/** Where counts of flag reads go. */
export interface CountSink {
  /** `enabled` is undefined where the client does not say. */
  add(read: { environmentId: number; flagKey: string; enabled: boolean | undefined; count: number }): void;
}

export interface DoorServices {
  readonly delivery: Delivery;
  readonly counts: CountSink;
  /** Answers past the router by the first digit of their status, where anybody counts. */
  readonly answers?: number[];
}

/** Longer than any key there is; not worth a look at the database. */
const MAX_KEY = 300;

export interface Caller {
  readonly holder: KeyHolder;
  readonly hub: Hub;
}

/** @throws Refusal 401 */
export async function callerOf({ delivery }: DoorServices, request: FastifyRequest): Promise<Caller> {
  const key = request.headers["x-environment-key"];
  if (typeof key !== "string" || key === "") throw missingKey();
  if (key.length > MAX_KEY) throw unknownKey();
  const known = delivery.peek(key);
  if (known) return known;
  const holder = await delivery.resolveKey(key);
  return { holder, hub: await delivery.environment(holder.environmentId) };
}
