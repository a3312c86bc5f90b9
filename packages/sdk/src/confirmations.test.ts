import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CONFIRM_PAUSE_MS } from "./confirmations.ts";
import { isRecord } from "./json.ts";
import { quiet, until } from "./test/clock.ts";
import type { Peer } from "./test/server.ts";
import { changes, createWorld, full, heartbeat, type World } from "./test/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.server.subscribed = (peer) => peer.event(full(1, { count: 1 }));
});
afterEach(() => world[Symbol.asyncDispose]());

const acks = (peer: Peer | undefined) => peer?.received.filter(isRecord).filter(({ method }) => method === "mutation") ?? [];
const ackOf = (version: number) => ({
  id: 0,
  method: "mutation",
  params: { input: { position: `e1:${version}:aaaaaaaa` }, path: "ack" },
});
const ACCEPTED = '{"id":0,"result":{"type":"data"}}';
const UNKNOWN = '{"id":0,"error":{"code":-32004,"message":"No procedure found on path \\"ack\\"","data":{"httpStatus":404}}}';

async function joinLive() {
  const joined = world.join();
  await joined.client.ready({ timeoutMs: 10_000_000 });
  return { ...joined, peer: world.server.peers[0]! };
}

describe("telling the server what is applied", () => {
  it("is at once, then once a second, and the newest only", async () => {
    const { client, peer } = await joinLive();
    await until(() => acks(peer).length === 1);
    peer.raw(ACCEPTED);

    for (let to = 2; to <= 20; to++) peer.event(changes([to - 1, to], { count: to }));
    await until(() => client.get("count") === 20);
    await quiet();
    expect(acks(peer)).toEqual([ackOf(1)]);
    world.clock.advance(CONFIRM_PAUSE_MS);

    await until(() => acks(peer).length === 2);
    peer.raw(ACCEPTED);
    peer.event(heartbeat(20));
    world.clock.advance(20_000);
    await quiet();
    expect(acks(peer)).toEqual([ackOf(1), ackOf(20)]);
  });

  it("waits for the answer before it says the next", async () => {
    const { client, peer } = await joinLive();
    peer.event(changes([1, 2], { count: 2 }));
    await until(() => client.get("count") === 2);
    world.clock.advance(CONFIRM_PAUSE_MS);
    await quiet();
    expect(acks(peer)).toHaveLength(1);

    peer.raw(ACCEPTED);

    await until(() => acks(peer).length === 2);
  });

  it("ends for this connection where the server does not know it, and is tried again on the next", async () => {
    const { client, heard, peer } = await joinLive();
    await until(() => acks(peer).length === 1);
    peer.raw(UNKNOWN);
    peer.event(changes([1, 2], { count: 2 }));
    await until(() => client.get("count") === 2);
    world.clock.advance(20_000);
    await quiet();
    expect(acks(peer)).toHaveLength(1);
    expect(heard.errors).toEqual([]);

    world.server.subscribed = (next) => next.event(changes([2, 3], { count: 3 }));
    peer.close(1012);
    await until(() => heard.errors.length === 1);
    world.clock.advance(1000);

    await until(() => acks(world.server.peers[1]).length === 1);
    expect(acks(world.server.peers[1])).toEqual([ackOf(3)]);
  });

  it("never names what is not applied", async () => {
    const { heard, peer } = await joinLive();
    await until(() => acks(peer).length === 1);
    peer.raw(ACCEPTED);

    peer.event(changes([7, 8], { count: 8 }));
    await until(() => peer.inputs.length === 2);
    world.clock.advance(CONFIRM_PAUSE_MS);

    await quiet();
    expect(acks(peer)).toEqual([ackOf(1)]);
    expect(heard.changes).toHaveLength(1);
  });
});
