import type { IncomingHttpHeaders } from "node:http";
import type { Delivery, Hub, KeyHolder } from "../../features/delivery/index.ts";
import { unauthenticated } from "./errors.ts";

export interface Caller {
  readonly holder: KeyHolder;
  readonly hub: Hub;
}

/** Longer than any key there is; not worth a look at the database. */
const MAX_KEY = 300;
const BEARER = /^Bearer +(\S+) *$/i;

/** Whose environment is asked. @throws Refusal 401 */
export async function callerOf(delivery: Delivery, headers: IncomingHttpHeaders): Promise<Caller> {
  const key = keyOf(headers);
  if (key === undefined || key.length > MAX_KEY) throw unauthenticated();
  const known = delivery.peek(key);
  if (known) return known;
  const holder = await delivery.resolveKey(key);
  return { holder, hub: await delivery.environment(holder.environmentId) };
}

function keyOf({ authorization, "x-api-key": apiKey }: IncomingHttpHeaders): string | undefined {
  if (typeof apiKey === "string" && apiKey !== "") return apiKey;
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
}
