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
  world.server.subscribed = (peer) => peer.event(full(5, { beta: true, limit: 10 }));
  ({ client, heard } = world.join());
  await client.ready({ timeoutMs: 10_000_000 });
  heard.changes.length = 0;
});
afterEach(() => world[Symbol.asyncDispose]());

const peer = (): Peer => world.server.peers.at(-1)!;

/** What was sent before this is heard. */
async function heardAll(marker: number): Promise<void> {
  peer().event(changes([marker - 1, marker], { marker }));
  await until(() => client.get("marker") === marker);
}

/** The connection is given up, and nothing that was known is lost. */
async function expectDropped(): Promise<void> {
  await until(() => heard.errors.length === 1);
  expect(client.get("beta")).toBe(true);
  expect(client.get("limit")).toBe(10);
  expect(heard.changes).toEqual([]);
  expect(heard.statuses).toEqual(["live", "stale"]);
  world.server.subscribed = (next) => next.event(full(6, { beta: false, limit: 10 }));
  world.clock.advance(1000);
  await until(() => client.get("beta") === false);
}

describe("what the stream sends", () => {
  it("[11] is resumed from the last position after the server closes, but not at once", async () => {
    const { server, clock } = world;
    server.subscribed = (next) => next.event(changes([5, 6], { limit: 11 }));

    peer().close(1012);

    await until(() => heard.errors.length === 1);
    await quiet();
    expect(server.attempts()).toBe(1);
    clock.advance(1000);
    await until(() => client.get("limit") === 11);
    expect(peer().inputs).toEqual([{ parts: true, lastEventId: "e1:5:aaaaaaaa" }]);
    expect(client.get("beta")).toBe(true);
    expect(heard.changes).toEqual([{ keys: ["limit"], version: "e1:6" }]);
  });

  it("[12] is never applied in part when the connection breaks inside a message", async () => {
    peer().breakInFrame(
      JSON.stringify({ id: 1, result: { type: "data", data: { id: "x", data: full(6, { beta: false }) }, id: "x" } }),
    );

    await expectDropped();
  });

  it.each([
    ["malformed JSON", '{"id":1,"result":{"type":"data","data":{'],
    ["an event without a type", '{"id":1,"result":{"type":"data","data":{"id":"x","data":{}},"id":"x"}}'],
    ["an event that is not an object", '{"id":1,"result":{"type":"data","data":{"id":"x","data":[1]},"id":"x"}}'],
    ["data that is not wrapped in its id", '{"id":1,"result":{"type":"data","data":7}}'],
  ])("[14] is dropped with its connection when it is %s", async (_what, text) => {
    peer().raw(text);

    await expectDropped();
  });

  it.each([
    ["no position", { ...full(6, {}), position: undefined }],
    ["a version that is a text", { ...full(6, {}), to: "6" }],
    ["no flags", { ...full(6, {}), flags: undefined }],
    ["a flag that is null", { ...full(6, {}), flags: { beta: null } }],
    [
      "a flag without its state",
      { ...full(6, {}), flags: { beta: { valueType: "boolean", value: true, variant: null, reason: "DEFAULT" } } },
    ],
    [
      "a flag without a value",
      { ...full(6, {}), flags: { beta: { enabled: true, valueType: "json", variant: null, reason: "DEFAULT" } } },
    ],
    ["a change without its start", { ...changes([5, 6], { beta: false }), from: undefined }],
    ["a removal that is not a key", { ...changes([5, 6], { beta: false }), removed: [1] }],
    [
      "one bad flag among good ones",
      { ...changes([5, 6], { beta: false }), changed: { ...full(6, { beta: false }).flags, limit: {} } },
    ],
  ])("[15] is refused as a whole when it has %s", async (_what, event) => {
    peer().event(event);

    await expectDropped();
    expect(heard.errors[0]?.code).toBe("INVALID_MESSAGE");
  });

  it.each([
    ["a text that is no JSON", "HELLO"],
    ["an unknown method", '{"id":null,"method":"applause"}'],
    ["an unknown kind of result", '{"id":1,"result":{"type":"encore"}}'],
    ["an event of an unknown type", '{"id":1,"result":{"type":"data","data":{"id":"x","data":{"type":"firework"}},"id":"x"}}'],
    ["an answer to another request", '{"id":99,"error":{"code":-32603,"message":"no"}}'],
  ])("[16] is ignored when it is %s", async (_what, text) => {
    peer().raw(text);
    await heardAll(6);

    expect(world.server.attempts()).toBe(1);
    expect(heard.errors).toEqual([]);
  });

  it("[17] may have members that are not known yet", async () => {
    const event = changes([5, 6], { beta: false });
    peer().event({ ...event, weather: "fine", changed: { beta: { ...event.changed["beta"]!, colour: "red" } } });

    await until(() => client.get("beta") === false);
    expect(heard.errors).toEqual([]);
  });

  it("[18] is applied once, in order: the same and older versions change nothing", async () => {
    peer().event(changes([5, 6], { limit: 11 }));
    peer().event(changes([5, 6], { limit: 99 }));
    peer().event(changes([4, 5], { limit: 98 }));
    peer().event(full(5, { limit: 97 }));
    await heardAll(7);

    expect(client.get("limit")).toBe(11);
    expect(heard.changes.map(({ keys }) => keys)).toEqual([["limit"], ["marker"]]);
  });

  it("[19] removes a flag once, and an older late change does not bring it back", async () => {
    peer().event(changes([5, 6], {}, ["limit", "never-seen"]));
    peer().event(changes([4, 5], { limit: 10, "never-seen": 1 }));
    await heardAll(7);

    expect(client.details("limit")).toMatchObject({ value: undefined, errorCode: "FLAG_NOT_FOUND" });
    expect(client.details("never-seen").errorCode).toBe("FLAG_NOT_FOUND");
  });

  it("[20] creates flags that were not known", async () => {
    peer().event(changes([5, 6], { fresh: "yes", __proto__: 1 }));
    peer().event(changes([6, 7], JSON.parse('{"__proto__":"own"}') as Record<string, string>));

    await until(() => client.details("__proto__").value === "own");
    expect(client.get("fresh")).toBe("yes");
    expect(client.get("toString")).toBeUndefined();
  });

  it("[21] asks again from its position when a change is missing, and applies nothing until then", async () => {
    world.server.subscribed = (next, input) => {
      if (input["lastEventId"] === "e1:5:aaaaaaaa") next.event(changes([5, 9], { limit: 12 }));
    };

    peer().event(changes([7, 8], { limit: 99 }));

    await until(() => client.get("limit") === 12);
    expect(peer().received).toContainEqual({ id: 1, method: "subscription.stop" });
    expect(heard.changes).toEqual([{ keys: ["limit"], version: "e1:9" }]);
    expect(world.server.attempts()).toBe(1);
  });

  it("moves past versions that change nothing for this context, by heartbeat", async () => {
    peer().event(heartbeat(8));
    peer().event(heartbeat(7));
    peer().event(changes([8, 9], { limit: 12 }));

    await until(() => client.get("limit") === 12);
    expect(heard.changes).toEqual([{ keys: ["limit"], version: "e1:9" }]);
    expect(peer().inputs).toEqual([{ parts: true }]);
  });

  it("is asked for again when a heartbeat is of another epoch", async () => {
    world.server.subscribed = (next) => next.event(full(3, { limit: 3 }, "e2"));

    peer().event({ ...heartbeat(8), position: "e2:8:aaaaaaaa" });

    await until(() => client.get("limit") === 3);
    expect(peer().inputs.at(-1)).toEqual({ parts: true, lastEventId: "e1:5:aaaaaaaa" });
  });

  it("is asked for as a whole, on another connection, when the same change is missing twice", async () => {
    world.server.subscribed = (next, input) =>
      next.event(input["lastEventId"] ? changes([7, 8], { limit: 99 }) : full(8, { limit: 13 }));

    peer().event(changes([7, 8], { limit: 99 }));

    await until(() => heard.errors.length === 1);
    expect(client.get("limit")).toBe(10);
    world.clock.advance(1000);
    await until(() => client.get("limit") === 13);
    expect(peer().inputs).toEqual([{ parts: true }]);
  });

  it("[26] replaces everything by a full answer, with an exact list of what differs", async () => {
    peer().event(full(40, { limit: 10, fresh: "new" }));

    await until(() => client.get("fresh") === "new");
    expect(client.details("beta").errorCode).toBe("FLAG_NOT_FOUND");
    expect(heard.changes).toEqual([{ keys: ["beta", "fresh"], version: "e1:40" }]);
  });

  it("[27] may be a lower version of another epoch: history was restored from a backup", async () => {
    peer().event(full(2, { beta: false, limit: 1 }, "e2"));

    await until(() => client.get("limit") === 1);
    expect(client.details("beta")).toMatchObject({ value: false, version: "e2:2" });
  });

  it("is asked for again when a change is of another epoch, whatever its numbers", async () => {
    world.server.subscribed = (next) => next.event(full(3, { limit: 3 }, "e2"));

    peer().event({ ...changes([5, 6], { limit: 99 }), position: "e2:6:aaaaaaaa" });

    await until(() => client.get("limit") === 3);
    expect(heard.changes.map(({ version }) => version)).toEqual(["e2:3"]);
  });

  it("[28] changes nothing when it is identical to what is known", async () => {
    peer().event(full(9, { limit: 10, beta: true }));

    await until(() => client.details("beta").version === "e1:9");
    expect(heard.changes).toEqual([]);
  });

  it("is one batch per version, however many flags it changes", async () => {
    const seen: unknown[] = [];
    client.on("change", () => seen.push([client.get("beta"), client.get("limit")]));

    peer().event(changes([5, 6], { beta: false, limit: 99 }));

    await until(() => seen.length > 0);
    expect(seen).toEqual([[false, 99]]);
  });

  it("is subscribed to again when the server ends the subscription", async () => {
    peer().raw('{"id":1,"result":{"type":"stopped"}}');
    await until(() => heard.errors.length === 1);

    world.clock.advance(1000);

    await until(() => world.server.peers.length === 2);
    await until(() => heard.statuses.at(-1) === "live");
  });
});

describe("what comes twice", () => {
  it("[22] is applied once, with one event, where the replay overlaps what is live", async () => {
    world.server.subscribed = (next) => {
      next.event(changes([5, 6], { limit: 11 }));
      next.event(changes([6, 7], { beta: false }));
      next.event(changes([6, 7], { beta: false }));
      next.event(changes([5, 6], { limit: 11 }));
      next.event(changes([7, 8], { limit: 12 }));
    };
    peer().close(1012);
    await until(() => heard.errors.length === 1);

    world.clock.advance(1000);

    await until(() => client.get("limit") === 12);
    expect(heard.changes.map(({ keys, version }) => [keys, version])).toEqual([
      [["limit"], "e1:6"],
      [["beta"], "e1:7"],
      [["limit"], "e1:8"],
    ]);
  });
});
