import { OpenFeature as Server } from "@openfeature/server-sdk";
import { ProviderEvents, OpenFeature as Web } from "@openfeature/web-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createServerClient } from "./node/server-client.ts";
import { halyardProvider, halyardServerProvider } from "./openfeature.ts";
import { until } from "./test/clock.ts";
import { flag, limit, segment, snapshot, snapshotEvent } from "./test/environment.ts";
import { changes, createWorld, full, partsOf, resultOf, type World } from "./test/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.server.subscribed = (peer) =>
    peer.event({
      ...full(3, { beta: true, name: "x", limit: 10, pricing: { price: 9 }, list: [1] }),
      flags: {
        ...full(3, { beta: true, name: "x", limit: 10, pricing: { price: 9 }, list: [1] }).flags,
        off: { ...resultOf(7), enabled: false, reason: "DISABLED" },
        annual: { ...resultOf("yes"), variant: "annual", reason: "SPLIT" },
      },
    });
});
afterEach(async () => {
  await Web.clearProviders();
  await Server.clearProviders();
  await Web.clearContexts();
  Web.clearHandlers();
  await world[Symbol.asyncDispose]();
});

async function joinWeb(...options: Parameters<World["join"]>) {
  const joined = world.join(...options);
  await Web.setProviderAndWait(halyardProvider(joined.client));
  return { ...joined, features: Web.getClient(), peer: world.server.peers[0]! };
}

/** What OpenFeature's handlers hear from now on. */
function record(): string[] {
  const told: string[] = [];
  for (const name of [ProviderEvents.Ready, ProviderEvents.Stale, ProviderEvents.Error, ProviderEvents.ConfigurationChanged])
    Web.addHandler(name, (details) =>
      told.push(`${name} ${"flagsChanged" in (details ?? {}) ? String(details?.flagsChanged) : ""}`.trim()),
    );
  return told;
}

describe("OpenFeature in a page", () => {
  it("gets values of each type, with variant, reason and where they are from", async () => {
    const { features } = await joinWeb();

    expect(features.metadata.providerMetadata.name).toBe("halyard");
    expect(features.getBooleanValue("beta", false)).toBe(true);
    expect(features.getStringValue("name", "y")).toBe("x");
    expect(features.getNumberValue("limit", 1)).toBe(10);
    expect(features.getObjectValue("pricing", {})).toEqual({ price: 9 });
    expect(features.getObjectValue("list", [])).toEqual([1]);
    expect(features.getStringDetails("annual", "no")).toMatchObject({
      value: "yes",
      variant: "annual",
      reason: "SPLIT",
      flagMetadata: { source: "live", version: "e1:3" },
    });
    expect(features.getBooleanDetails("beta", false)).not.toHaveProperty("errorCode");
  });

  it("gives the caller's default for off, missing and other types, and says why", async () => {
    const { features } = await joinWeb();

    expect(features.getNumberDetails("off", 5)).toMatchObject({ value: 5, reason: "DISABLED" });
    expect(features.getNumberDetails("off", 5)).not.toHaveProperty("variant");
    expect(features.getBooleanDetails("absent", true)).toMatchObject({
      value: true,
      reason: "ERROR",
      errorCode: "FLAG_NOT_FOUND",
    });
    expect(features.getStringDetails("limit", "z")).toMatchObject({ value: "z", errorCode: "TYPE_MISMATCH" });
    expect(features.getObjectDetails("name", {})).toMatchObject({ value: {}, errorCode: "TYPE_MISMATCH" });
  });

  it("tells which flags changed, that values are stale, and that they are good again", async () => {
    const { features, peer, heard } = await joinWeb();
    const told = record();
    await until(() => told.includes("PROVIDER_READY"));
    told.length = 0;

    peer.event(changes([3, 4], { limit: 11 }));
    await until(() => told.length === 1);
    world.server.subscribed = (next) => next.event(changes([4, 4], {}));
    peer.close(1012);
    await until(() => told.length === 2);
    expect(features.providerStatus).toBe("STALE");
    expect(features.getNumberDetails("limit", 1)).toMatchObject({ value: 11, reason: "STALE" });
    world.clock.advance(1000);
    await until(() => told.length === 3);

    expect(told).toEqual(["PROVIDER_CONFIGURATION_CHANGED limit", "PROVIDER_STALE", "PROVIDER_READY"]);
    expect(features.providerStatus).toBe("READY");
    expect(heard.statuses.at(-1)).toBe("live");
  });

  it("becomes an error when nothing is confirmed for long, and still serves what is known", async () => {
    const { features, peer, heard } = await joinWeb();
    world.server.upgrade = () => ({ status: 503 });
    peer.close(1012);

    for (let errors = 1; heard.statuses.at(-1) !== "error"; errors++) {
      await until(() => heard.errors.length >= errors && world.clock.waits().length === 1);
      world.clock.advance(world.clock.waits()[0]!);
    }

    expect(heard.statuses).toEqual(["live", "stale", "error"]);
    expect(features.providerStatus).toBe("ERROR");
    expect(features.getNumberDetails("limit", 1)).toMatchObject({ value: 10, reason: "STALE" });
  });

  it("starts with values of an earlier run, called cached", async () => {
    const first = world.join();
    await first.client.ready({ timeoutMs: 10_000_000 });
    await first.client.close();
    world.server.subscribed = () => {};
    const { client } = world.join();
    const provider = halyardProvider(client);
    expect(provider.resolveNumberEvaluation("limit", 1)).toMatchObject({ value: 10, reason: "CACHED" });
  });

  it("sets the context, once there is one, and reconciles to it", async () => {
    world.server.subscribed = (peer, input) => peer.event(full(1, { who: JSON.stringify(input["context"]) }));
    const { features, client } = await joinWeb({ context: { targetingKey: "u_1" } });
    expect(features.getStringValue("who", "")).toContain("u_1");
    const told = record();

    await Web.setContext({ targetingKey: "u_2", plan: "pro", nested: { left: "out" } });

    expect(features.getStringValue("who", "")).toBe('{"targetingKey":"u_2","attributes":{"plan":"pro"}}');
    expect(told.filter((line) => line.includes("CHANGED"))).toEqual([]);
    expect(client.status()).toBe("live");
  });

  it("is fatal when the key is refused, and closes its client when it is replaced", async () => {
    world.server.upgrade = () => ({ status: 401 });
    const { client, heard } = world.join();
    await expect(Web.setProviderAndWait(halyardProvider(client))).rejects.toThrow("does not accept the key");
    expect(Web.getClient().providerStatus).toBe("FATAL");
    expect(Web.getClient().getBooleanDetails("beta", true)).toMatchObject({ value: true, errorCode: "PROVIDER_FATAL" });

    await Web.clearProviders();

    await until(() => client.status() === "closed");
    expect(heard.errors).toHaveLength(1);
    expect(world.clock.waits()).toEqual([]);
  });
});

describe("OpenFeature on a server", () => {
  it("decides for each call's own context", async () => {
    const override = { id: 1, segmentId: 7, priority: 0, enabled: true, value: 99, variants: [], seed: "9" };
    world.server.subscribed = (peer) =>
      peer.event(
        snapshotEvent(4, snapshot([flag(1, "beta"), limit(2, 10, { overrides: [override] })], [segment(7, "plan", "pro")])),
      );
    const client = createServerClient({ url: world.server.url, key: "ser_1", analytics: false }, partsOf(world.clock, new Map()));
    await Server.setProviderAndWait(halyardServerProvider(client));
    const features = Server.getClient();

    expect(await features.getNumberValue("limit", 1)).toBe(10);
    expect(await features.getNumberValue("limit", 1, { targetingKey: "u", plan: "pro" })).toBe(99);
    expect(await features.getBooleanValue("beta", false)).toBe(true);
    expect(await features.getNumberDetails("limit", 1, { plan: "pro" })).toMatchObject({
      reason: "TARGETING_MATCH",
      flagMetadata: { source: "live", version: "e1:4" },
    });
    expect(await features.getStringDetails("limit", "z")).toMatchObject({ value: "z", errorCode: "TYPE_MISMATCH" });
    expect(await features.getObjectDetails("absent", {})).toMatchObject({ errorCode: "FLAG_NOT_FOUND" });

    await Server.clearProviders();
    await until(() => client.status() === "closed");
  });

  it("is not ready while there are no values", async () => {
    const client = createServerClient(
      { url: world.server.url, key: "ser_1", analytics: false },
      { ...partsOf(world.clock, new Map()) },
    );
    world.server.subscribed = () => {};
    const failure = Server.setProviderAndWait(halyardServerProvider(client));
    await until(() => world.server.peers[0]?.inputs.length === 1);

    world.clock.advance(5000);

    await expect(failure).rejects.toThrow("cannot be reached");
    expect(await Server.getClient().getBooleanDetails("beta", true)).toMatchObject({
      value: true,
      errorCode: "PROVIDER_NOT_READY",
    });
  });
});
