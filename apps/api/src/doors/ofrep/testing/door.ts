import { flagState, segmentOverride, variant } from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { eq } from "drizzle-orm";
import { type FastifyServerOptions, fastify } from "fastify";
import { createGarden } from "../../../features/delivery/testing/garden.ts";
import { type CountSink, registerOfrep } from "../index.ts";

const SECRET = "a secret only for tests, thirty-two long";

/** The door on a real port over a real database, with a shop's flags in it. */
export async function openDoor({ now, log = false }: { now?: () => number; log?: FastifyServerOptions["logger"] } = {}) {
  const database = await openTestDatabase();
  const garden = await createGarden(database);
  const { db, environment } = garden;
  const ids = {
    dark: await garden.addFlag(undefined, { key: "dark", enabled: false }),
    bright: await garden.addFlag(undefined, { key: "bright", enabled: true }),
    checkout: await garden.addFlag(undefined, { key: "checkout", enabled: true, valueType: "string", value: "old" }),
    limit: await garden.addFlag(undefined, { key: "limit", enabled: true, valueType: "number", value: 12 }),
    theme: await garden.addFlag(undefined, { key: "a/b c", enabled: true, valueType: "json", value: { colour: "grey" } }),
    banner: await garden.addFlag(undefined, { key: "banner", enabled: true, valueType: "string", value: "grey" }),
    off: await garden.addFlag(undefined, { key: "off", enabled: false, valueType: "string", value: "unseen" }),
    empty: await garden.addFlag(undefined, { key: "empty", enabled: true, valueType: "string" }),
    secret: await garden.addFlag(undefined, { key: "secret", enabled: true, serverOnly: true }),
  };
  const [blue] = await db.insert(variant).values({ flagId: ids.banner, key: "blue", value: "blue" }).returning();
  await db
    .update(flagState)
    .set({ weights: blue ? [{ variantId: blue.id, weight: 100 }] : [] })
    .where(eq(flagState.flagId, ids.banner));
  const professionals = await garden.addSegment(undefined, "professionals", [
    { type: "ALL", rules: [], conditions: [{ operator: "EQUAL", property: "plan", value: "pro" }] },
  ]);
  await db.insert(segmentOverride).values({
    environmentId: environment.id,
    flagId: ids.checkout,
    segmentId: professionals,
    priority: 0,
    enabled: true,
    value: "new",
  });
  const clientKey = await garden.addKey(undefined, "client");
  const serverKey = await garden.addKey(undefined, "server");

  const node = garden.createNode();
  const reads: Parameters<CountSink["add"]>[0][] = [];
  const app = fastify({ logger: log });
  registerOfrep(app, { delivery: node, counts: { add: (read) => reads.push(read) }, secret: SECRET, ...(now && { now }) });
  const address = await app.listen({ port: 0, host: "127.0.0.1" });

  const post = (path: string, { key = clientKey, body, headers }: Asking = {}) =>
    fetch(`${address}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8", ...(key !== "" && { "X-API-Key": key }), ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  return {
    garden,
    node,
    ids,
    address,
    clientKey,
    serverKey,
    reads,
    post,
    one: (flag: string, asking?: Asking) => post(`/ofrep/v1/evaluate/flags/${flag}`, asking),
    bulk: (asking?: Asking) => post("/ofrep/v1/evaluate/flags", asking),
    async close() {
      await app.close();
      await garden.close();
      await database.close();
    },
  };
}

interface Asking {
  /** Sent as `X-API-Key`; empty for none. @default the client-side key */
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Door = Awaited<ReturnType<typeof openDoor>>;
