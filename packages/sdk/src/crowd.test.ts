import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeRuntime } from "./node/runtime.ts";
import { until } from "./test/clock.ts";
import { changes, createWorld, full, resultsOf, type World } from "./test/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const LONG = { timeoutMs: 10_000_000 };

describe("many", () => {
  it("[34] clients come back one by one after a restart, all of them, and miss nothing", async () => {
    const { server, clock } = world;
    const count = 1000;
    server.subscribed = (peer, input) => peer.event(input["lastEventId"] ? changes([1, 9], { limit: 9 }) : full(1, { limit: 1 }));
    const crowd = Array.from({ length: count }, (_, i) => {
      let draw = i;
      return world.join({ cache: false }, { random: () => ((draw = (draw * 7919 + 104_729) % 1_000_003) % 1000) / 1000 });
    });
    await Promise.all(crowd.map(({ client }) => client.ready(LONG)));
    expect(server.attempts()).toBe(count);

    for (const peer of server.peers) peer.close(1012);
    await until(() => crowd.every(({ heard }) => heard.errors.length === 1));
    const attempts: number[] = [];
    for (let passed = 0; passed < 1000; passed += 50) {
      clock.advance(50);
      // Those that connect now: their patience is ten seconds.
      const connecting = () => clock.waits().filter((ms) => ms > 9000 && ms <= 10_000).length;
      attempts.push(connecting());
      await until(() => connecting() === 0);
    }

    expect(attempts.reduce((sum, step) => sum + step)).toBe(count);
    expect(Math.max(...attempts)).toBeLessThan(count * 0.12);
    await until(() => crowd.every(({ client }) => client.get("limit") === 9));
    expect(server.attempts()).toBe(2 * count);
    expect(crowd.every(({ client, heard }) => client.details("limit").version === "e1:9" && heard.changes.length === 2)).toBe(
      true,
    );
    expect(new Set(crowd.map(({ heard }) => heard.statuses.join())).size).toBe(1);
  });

  it("[29] flags and changes never hold the program for long, and leave nothing when closed", async () => {
    const { server } = world;
    const flags = 10_000;
    const text = "x".repeat(950);
    const event = JSON.stringify(
      full(1, Object.fromEntries(Array.from({ length: flags }, (_, i) => [`flag-${i}`, `${text}${i}`]))),
    );
    expect(event.length).toBeGreaterThan(10_000_000);
    const size = 256 * 1024;
    const pieces = Math.ceil(event.length / size);
    server.subscribed = (peer) => {
      for (let index = 0; index < pieces; index++)
        peer.event({
          type: "part",
          index,
          count: pieces,
          to: 1,
          position: "e1:1:aaaaaaaa",
          text: event.slice(index * size, (index + 1) * size),
        });
    };
    const held: number[] = [];
    const { openSocket } = nodeRuntime();
    const { client } = world.join(
      { cache: false },
      {
        openSocket: (url, on) =>
          openSocket!(url, {
            ...on,
            text(message) {
              const startedAt = performance.now();
              on.text(message);
              held.push(performance.now() - startedAt);
            },
          }),
      },
    );
    await client.ready(LONG);
    await until(() => client.get(`flag-${flags - 1}`) !== undefined);

    // The last piece is read as a whole; those before it are only kept. The collection of garbage may meet two of them.
    const slowest = (durations: readonly number[]) => [...durations].sort((x, y) => y - x)[2];
    expect(slowest(held.splice(0).slice(0, pieces - 1))).toBeLessThan(50);
    for (let to = 2; to <= 1001; to++)
      server.peers[0]!.event({ ...changes([to - 1, to], {}), changed: resultsOf({ [`flag-${to}`]: to }) });
    await until(() => client.get("flag-1001") === 1001);

    expect(slowest(held)).toBeLessThan(50);
    expect(held.reduce((sum, ms) => sum + ms)).toBeLessThan(1000);
  });
});
