import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRecord } from "./json.ts";
import { quiet, until } from "./test/clock.ts";
import { changes, createWorld, full, listen, type World } from "./test/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.server.subscribed = (peer, input) => peer.event(full(1, { who: JSON.stringify(input["context"]) }));
});
afterEach(() => world[Symbol.asyncDispose]());

const LONG = { timeoutMs: 10_000_000 };

async function joinTwo() {
  const { client, heard } = world.join({ context: { targetingKey: "u_1" }, remember: true });
  await client.ready(LONG);
  const admin = client.fork({ targetingKey: "admin_1" });
  const adminHeard = listen(admin);
  await admin.ready(LONG);
  return { client, heard, admin, adminHeard, peer: world.server.peers[0]! };
}

describe("a second context", () => {
  it("has its own values on the same socket", async () => {
    const { client, heard, admin, peer } = await joinTwo();

    expect(client.get("who")).toContain("u_1");
    expect(admin.get("who")).toContain("admin_1");
    expect(world.server.attempts()).toBe(1);
    expect(peer.received.filter(isRecord).filter(({ method }) => method === "connectionParams")).toHaveLength(1);
    expect(peer.inputs[1]).toEqual({ context: { targetingKey: "admin_1" }, remember: true, parts: true });

    peer.event(changes([1, 2], { who: "second" }), 2);
    await until(() => admin.get("who") === "second");
    peer.event(changes([1, 2], { who: "first" }), 1);
    await until(() => client.get("who") === "first");
    expect(heard.changes).toHaveLength(2);
  });

  it("changes without touching the first, and the other way round", async () => {
    const { client, admin } = await joinTwo();

    await admin.setContext({ targetingKey: "admin_2" });
    await client.setContext({ targetingKey: "u_2" });

    expect(admin.get("who")).toContain("admin_2");
    expect(client.get("who")).toContain("u_2");
    expect(world.server.attempts()).toBe(1);
  });

  it("can be closed alone, and ends with the first", async () => {
    const { client, admin, adminHeard, peer } = await joinTwo();
    const other = client.fork({ targetingKey: "admin_3" });
    await other.ready(LONG);

    await admin.close();

    await until(() => peer.received.some((message) => isRecord(message) && message["method"] === "subscription.stop"));
    expect(peer.isOpen()).toBe(true);
    peer.event(changes([1, 2], { who: "still here" }), 1);
    await until(() => client.get("who") === "still here");
    expect(adminHeard.statuses).toEqual(["live", "closed"]);
    await client.close();
    expect(other.details("who").errorCode).toBe("PROVIDER_NOT_READY");
    await until(() => !peer.isOpen());
    expect(world.clock.waits()).toEqual([]);
  });

  it("shares the next socket, too, and answers the server once", async () => {
    const { client, heard, admin, adminHeard, peer } = await joinTwo();
    peer.raw("PING");
    await until(() => peer.received.includes("PONG"));
    expect(peer.received.filter((message) => message === "PONG")).toHaveLength(1);

    peer.close(1012);
    await until(() => heard.errors.length === 1 && adminHeard.errors.length === 1);
    world.clock.advance(1000);

    await until(() => heard.statuses.at(-1) === "live" && adminHeard.statuses.at(-1) === "live");
    expect(world.server.attempts()).toBe(2);
    expect(client.get("who")).toContain("u_1");
    expect(admin.get("who")).toContain("admin_1");
  });

  it("moves with the first when the server asks, never to the socket that is to be left", async () => {
    const { heard, adminHeard, peer } = await joinTwo();

    peer.raw('{"id":null,"method":"reconnect"}');
    await until(() => world.clock.waits().filter((ms) => ms === 2500).length === 2);
    world.clock.advance(2500);

    await until(() => !peer.isOpen());
    await until(() => world.server.peers[1]?.inputs.length === 2);
    expect(world.server.attempts()).toBe(2);
    expect([heard.statuses, adminHeard.statuses]).toEqual([["live"], ["live"]]);
  });

  it("lets one confirm for all what is applied", async () => {
    const { peer } = await joinTwo();
    await quiet();

    expect(peer.received.filter(isRecord).filter(({ method }) => method === "mutation")).toHaveLength(1);
  });
});
