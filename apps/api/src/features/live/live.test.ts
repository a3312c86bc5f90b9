import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";
import { createQueue } from "./queue.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe("live.project", () => {
  it("tells of every revision of the project's environments, by whom, and of nobody else's", async () => {
    const here = await createWorld({ database: world.database });
    const api = here.callerAs("editor");
    const events = await api.live.project(here.inProject);
    const live = events[Symbol.asyncIterator]();
    const first = live.next();
    // The subscription listens from its first step on, which the statements of this write follow.
    await api.flags.create({ ...here.inProject, key: "banner" });
    await api.flags.setEnabled({ ...here.inEnvironment, flag: "banner", enabled: true });

    const heard = [await first, await live.next(), await live.next(), await live.next()].map((it) => it.value);

    expect(heard.slice(0, 3)).toMatchObject(
      ["development", "staging", "production"].map((environment) => ({ environment, kind: "flag.created", version: 2 })),
    );
    expect(heard[3]).toEqual({
      environment: "production",
      version: 3,
      kind: "flag.state",
      subjects: ["flag:banner"],
      actor: "Ed Editor",
    });
    await live.return?.();
  });

  it("S-WS-10: ends when its reader is removed, and before that tells only of environments they may see", async () => {
    const here = await createWorld({ database: world.database });
    const [owner, organisation] = [here.callerAs("owner"), here.organisation.slug];
    const { userId: member } = await owner.members.add({ organisation, email: here.actors.stranger.email, role: null });
    await owner.grants.create({ ...here.inProject, environment: "staging", member, role: "viewer" });
    const events = await here.callerAs("stranger").live.project(here.inProject);
    const live = events[Symbol.asyncIterator]();
    const first = live.next();

    await owner.flags.create({ ...here.inProject, key: "banner" });

    expect((await first).value).toMatchObject({ environment: "staging" });
    const next = live.next();
    await owner.members.remove({ organisation, userId: member });
    await expect(next).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("keeps a stranger out", async () => {
    await expect(world.callerAs("stranger").live.project(world.inProject)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a queue", () => {
  const numbers = () => createQueue<number>({ limit: 3, merge: (waiting) => [waiting.reduce((sum, it) => sum + it, 0)] });

  it("gives what was pushed before and while it is drained, in order", async () => {
    const queue = numbers();
    queue.push(1);
    const items = queue.drain(undefined);

    const first = await items.next();
    const pending = items.next();
    queue.push(2);

    expect([first.value, (await pending).value]).toEqual([1, 2]);
  });

  it("ends at once when it is aborted while it waits, and before it begins", async () => {
    const abort = new AbortController();
    const waiting = numbers().drain(abort.signal).next();
    abort.abort();

    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(await numbers().drain(abort.signal).next()).toEqual({ value: undefined, done: true });
  });

  it("merges what waits for a slow reader instead of growing", async () => {
    const queue = numbers();
    for (const item of [1, 2, 3, 4]) queue.push(item);

    expect((await queue.drain(undefined).next()).value).toBe(10);
  });
});
