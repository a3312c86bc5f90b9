import type { EventPart, FlagsFull } from "@halyard/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "./client.ts";
import { quiet, until } from "./test/clock.ts";
import type { Peer } from "./test/server.ts";
import { changes, createWorld, full, type Heard, heartbeat, type World } from "./test/world.ts";

let world: World;
let client: Client;
let heard: Heard;
beforeEach(async () => {
  world = await createWorld();
  world.server.subscribed = (peer) => peer.event(full(1, { beta: true, limit: 10 }));
  ({ client, heard } = world.join());
  await client.ready({ timeoutMs: 10_000_000 });
  heard.changes.length = 0;
});
afterEach(() => world[Symbol.asyncDispose]());

const peer = (): Peer => world.server.peers.at(-1)!;

function cut(event: FlagsFull, count = 3): EventPart[] {
  const text = JSON.stringify(event);
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => ({
    type: "part",
    index,
    count,
    to: event.to,
    position: event.position,
    text: text.slice(index * size, (index + 1) * size),
  }));
}

describe("an event in pieces", () => {
  it("[23] is applied as a whole, with its last piece: nobody sees half of it", async () => {
    const seen: unknown[] = [];
    client.on("change", () => seen.push([client.get("beta"), client.get("limit")]));
    const [first, second, third] = cut(full(9, { beta: false, limit: 99 }));

    peer().event(first!);
    peer().event(second!);
    await quiet();
    expect([client.get("beta"), client.get("limit")]).toEqual([true, 10]);
    peer().event(third!);

    await until(() => seen.length === 1);
    expect(seen).toEqual([[false, 99]]);
    expect(peer().inputs).toEqual([{ parts: true }]);
  });

  it("[23] is thrown away when the connection breaks between its pieces", async () => {
    const pieces = cut(full(9, { beta: false, limit: 99 }));
    peer().event(pieces[0]!);
    peer().event(pieces[1]!);
    peer().close(1012);
    await until(() => heard.errors.length === 1);
    world.server.subscribed = (next) => {
      next.event(pieces[2]!);
      next.event(changes([1, 2], { limit: 11 }));
    };

    world.clock.advance(1000);

    await until(() => client.get("limit") === 11);
    expect(client.get("beta")).toBe(true);
    expect(peer().inputs).toEqual([{ parts: true, lastEventId: "e1:1:aaaaaaaa" }]);
    expect(heard.changes).toEqual([{ keys: ["limit"], version: "e1:2" }]);
  });

  it("[24] is given up alone when the server interrupts it: what comes next applies", async () => {
    const pieces = cut(full(9, { beta: false, limit: 99 }));
    peer().event(pieces[0]!);
    peer().event(pieces[1]!);
    peer().event(heartbeat(1));
    peer().event(pieces[2]!);
    peer().event(changes([1, 2], { limit: 11 }));
    await until(() => client.get("limit") === 11);
    expect(client.get("beta")).toBe(true);

    for (const piece of cut(full(10, { beta: false, limit: 100 }), 5)) peer().event(piece);

    await until(() => client.get("limit") === 100);
    expect(world.server.attempts()).toBe(1);
    expect(heard.errors).toEqual([]);
  });

  it("[24] begins anew with a first piece", async () => {
    peer().event(cut(full(8, { limit: 8 }))[0]!);

    for (const piece of cut(full(9, { beta: false, limit: 99 }))) peer().event(piece);

    await until(() => client.get("limit") === 99);
    expect(heard.changes).toEqual([{ keys: ["beta", "limit"], version: "e1:9" }]);
  });

  it.each([
    ["no JSON together", { text: "}" }],
    ["no text", { text: undefined }],
    ["no number", { index: "2" }],
  ])("[15] is dropped with its connection when its pieces are %s", async (_what, fault) => {
    const pieces = cut(full(9, { limit: 99 }));
    peer().event(pieces[0]!);
    peer().event(pieces[1]!);

    peer().event({ ...pieces[2]!, ...fault });

    await until(() => heard.errors.length === 1);
    expect(heard.errors[0]?.code).toBe("INVALID_MESSAGE");
    expect(client.get("limit")).toBe(10);
  });
});
