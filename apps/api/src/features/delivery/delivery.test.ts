import type { Database } from "@halyard/db";
import { environment, revision } from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { evaluate, identityOverridesOf } from "@halyard/evaluator";
import { and, eq, gt } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { CommittedRevision } from "../revisions/index.ts";
import type { Delivery, HubChange } from "./delivery.ts";
import { RING_SIZE } from "./hub.ts";
import { createGarden, type Garden, word } from "./testing/garden.ts";

let database: Database;
let garden: Garden;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  garden = await createGarden(database);
});
afterEach(() => garden.close());
afterAll(() => database.close());

const hubOf = (node: Delivery) => node.environment(garden.environment.id);
const isOn = async (node: Delivery, key: string, targetingKey?: string) =>
  evaluate((await hubOf(node)).current().compiled, key, { targetingKey }).enabled;
const refused = { code: "unauthenticated" };

describe("an environment in memory", () => {
  it("is loaded once however many ask for it together, and stands where the log ends", async () => {
    const node = garden.createNode();
    await garden.addFlag(undefined, { key: "checkout", enabled: true });

    const [a, b] = await Promise.all([hubOf(node), hubOf(node)]);

    expect(a).toBe(b);
    const row = await garden.world.environmentNow("production");
    expect(a.current()).toMatchObject({ version: row.version, epoch: row.epoch, updatedAt: row.documentUpdatedAt });
    expect(a.current().position).toBe(`${row.epoch}:${row.version}:${row.headHash.slice(0, 8)}`);
    expect(await isOn(node, "checkout")).toBe(true);
  });

  it("is not found where there is none, and asks again the next time", async () => {
    const node = garden.createNode();

    await expect(node.environment(999_999)).rejects.toMatchObject({ code: "not_found" });
    await expect(node.environment(999_999)).rejects.toMatchObject({ code: "not_found" });
  });

  it("applies what this process announces in the same turn, and tells listeners once per version", async () => {
    const node = garden.createNode();
    const id = await garden.addFlag(node, { key: "checkout" });
    const hub = await hubOf(node);
    const heard: HubChange[] = [];
    hub.subscribe((change) => heard.push(change));
    const start = hub.current().version;

    const version = await garden.setFlag(node, id, { enabled: true });

    expect(hub.current().version).toBe(version);
    expect(heard.map(({ from, after }) => [from, after.version])).toEqual([[start, version]]);
    expect(heard[0]!.delta?.flags?.upserted.map((flag) => flag.key)).toEqual(["checkout"]);
    expect(await isOn(node, "checkout")).toBe(true);
  });

  it("finds by its poll what nobody announced", async () => {
    const node = garden.createNode();
    const id = await garden.addFlag(undefined, { key: "checkout" });
    expect(await isOn(node, "checkout")).toBe(false);

    await garden.setFlag(undefined, id, { enabled: true });

    await vi.waitFor(async () => expect(await isOn(node, "checkout")).toBe(true), { timeout: 3_000, interval: 20 });
  });

  it("survives messages that are doubled, reordered and lost", async () => {
    const node = garden.createNode({ pollMs: 60_000 });
    const messages: CommittedRevision[] = [];
    const recorder = { announce: (revisions: readonly CommittedRevision[]) => messages.push(...revisions) };
    const id = await garden.addFlag(undefined, { key: "checkout" });
    const hub = await hubOf(node);
    const seen: number[] = [];
    hub.subscribe(({ after }) => seen.push(after.version));
    const writer = { ...node, ...recorder } as unknown as Delivery;
    for (const enabled of [true, false, true, false, true]) await garden.setFlag(writer, id, { enabled });
    const [one, two, three, , five] = messages;

    node.announce([two!, one!, one!, three!]);
    expect(hub.current().version).toBe(three!.to);
    // The fourth never comes.
    node.announce([five!]);

    await vi.waitFor(() => expect(hub.current().version).toBe(five!.to), { timeout: 3_000, interval: 5 });
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(await isOn(node, "checkout")).toBe(true);
  });

  it("keeps listeners apart: one that throws keeps nothing from the others", async () => {
    const node = garden.createNode();
    const id = await garden.addFlag(undefined, { key: "checkout" });
    const hub = await hubOf(node);
    const heard = vi.fn();
    hub.subscribe(() => {
      throw new Error("a bad listener");
    });
    hub.subscribe(heard);

    await garden.setFlag(node, id, { enabled: true });

    expect(heard).toHaveBeenCalledOnce();
  });

  it("carries identity overrides, and changes of them", async () => {
    const node = garden.createNode();
    const id = await garden.addFlag(undefined, { key: "checkout" });
    await node.identities.write(garden.environment.id, "ada", { plan: "pro" });
    const hub = await hubOf(node);
    expect(identityOverridesOf(hub.current().compiled)).toEqual([]);

    await garden.overrideForIdentity(node, { flagId: id, identifier: "ada", enabled: true });

    expect(await isOn(node, "checkout", "ada")).toBe(true);
    expect(await isOn(node, "checkout", "bob")).toBe(false);
  });
});

describe("a restored database", () => {
  /** As a backup does it: an older row, and the later log gone. */
  const rewind = async ({ version, headHash }: { version: number; headHash: string }) => {
    const { id } = garden.environment;
    await database.db.delete(revision).where(and(eq(revision.environmentId, id), gt(revision.version, version)));
    await database.db.update(environment).set({ version, headHash }).where(eq(environment.id, id));
  };

  it("gives a new epoch and tells listeners to take everything, although the version is lower", async () => {
    const node = garden.createNode();
    const id = await garden.addFlag(undefined, { key: "checkout" });
    const before = await garden.world.environmentNow("production");
    const hub = await hubOf(node);
    await garden.setFlag(node, id, { enabled: true });
    const high = hub.current();
    const heard: HubChange[] = [];
    hub.subscribe((change) => heard.push(change));

    await rewind(before);

    await vi.waitFor(() => expect(hub.current().version).toBe(before.version), { timeout: 3_000, interval: 20 });
    expect(hub.current().epoch).not.toBe(high.epoch);
    expect(heard).toHaveLength(1);
    expect(heard[0]!.delta).toBeUndefined();
    expect(await hub.locate(high.position)).toBe("unknown");
    expect((await garden.world.environmentNow("production")).epoch).toBe(hub.current().epoch);
  });

  it("is noticed at the same version by its other hash, and by a node that only polls, once for all nodes", async () => {
    const [a, b] = [garden.createNode(), garden.createNode()];
    await garden.addFlag(undefined, { key: "checkout" });
    const [hubA, hubB] = [await hubOf(a), await hubOf(b)];
    const { version, epoch } = hubA.current();

    await rewind({ version, headHash: "f".repeat(64) });

    await vi.waitFor(
      () => {
        expect(hubA.current().epoch).not.toBe(epoch);
        expect(hubA.current().position).toBe(hubB.current().position);
      },
      { timeout: 3_000, interval: 20 },
    );
  });

  it("tells a position of the lost history from one that is only ahead", async () => {
    const node = garden.createNode({ pollMs: 60_000 });
    const id = await garden.addFlag(undefined, { key: "checkout" });
    const hub = await hubOf(node);
    const { epoch, version } = hub.current();
    await garden.setFlag(undefined, id, { enabled: true });
    const ahead = await garden.world.environmentNow("production");

    expect(await hub.locate(`${epoch}:${version + 9}:0123abcd`)).toBe("foreign");
    expect(await hub.locate(`${epoch}:${ahead.version}:${ahead.headHash.slice(0, 8)}`)).toBe("current");
    expect(await hub.locate(`${epoch}:${ahead.version}:ffffffff`)).toBe("foreign");
    expect(await hub.locate(`${epoch}:${version}:ffffffff`)).toBe("behind");
    expect(await hub.since(`${epoch}:${version}:ffffffff`)).toBeUndefined();
    expect(await hub.locate("nonsense")).toBe("unknown");
  });
});

describe("resuming", () => {
  it("gives one merged delta from memory, and from the log on a node that has just started", async () => {
    const node = garden.createNode();
    const checkout = await garden.addFlag(undefined, { key: "checkout" });
    const search = await garden.addFlag(undefined, { key: "search" });
    const hub = await hubOf(node);
    const { position, version } = hub.current();
    await garden.setFlag(node, checkout, { enabled: true });
    await garden.setFlag(node, search, { enabled: true });
    await garden.setFlag(node, checkout, { enabled: false });
    const fresh = await hubOf(garden.createNode());

    for (const it of [hub, fresh]) {
      const change = await it.since(position);
      expect(change).toMatchObject({ from: version, after: { version: version + 3 } });
      const states = change?.delta?.flags?.upserted.map(({ key, enabled }) => [key, enabled]).sort();
      expect(states).toEqual([
        ["checkout", false],
        ["search", true],
      ]);
    }
  });

  it("gives a snapshot to whoever missed more than the ring holds", async () => {
    const node = garden.createNode({ pollMs: 60_000 });
    await garden.addFlag(undefined, { key: "checkout" });
    const hub = await hubOf(node);
    const { epoch, version } = hub.current();

    expect(await hub.since(`${epoch}:${version - RING_SIZE - 1}:00000000`)).toBeUndefined();
    expect(await hub.since(hub.current().position)).toBeUndefined();
    expect(await hub.locate(hub.current().position)).toBe("current");
  });
});

describe("environment keys", () => {
  it("name their environment and kind; what is no key is refused without a question to the database", async () => {
    const node = garden.createNode();
    const [client, server] = [await garden.addKey(undefined, "client"), await garden.addKey(undefined, "server")];

    expect(await node.resolveKey(client)).toMatchObject({ environmentId: garden.environment.id, kind: "client" });
    expect(await node.resolveKey(server)).toMatchObject({ environmentId: garden.environment.id, kind: "server" });
    const forged = [server.replace(/_\w+_/, `_${"x".repeat(43)}_`), `${server.slice(0, -1)}z`, server.slice(4).split("_")[0]!];
    for (const key of ["", "nobody", "a\u0000b", "ser.", "x".repeat(500), "ключ", ...forged]) {
      await expect(node.resolveKey(key), key).rejects.toMatchObject(refused);
    }
  });

  it("cannot be had by a valid form with another secret", async () => {
    const node = garden.createNode();
    const server = await garden.addKey(undefined, "server");
    const other = await garden.addKey(undefined, "server");
    const { makeSecretKey } = await import("../keys/index.ts");
    const stranger = makeSecretKey("ser.").key;
    await node.resolveKey(server);

    expect((await node.resolveKey(other)).keyId).not.toBe((await node.resolveKey(server)).keyId);
    await expect(node.resolveKey(stranger)).rejects.toMatchObject(refused);
  });

  it("made after it was refused works at once on the node that made it", async () => {
    const node = garden.createNode({ pollMs: 60_000 });
    await hubOf(node);

    const key = await garden.addKey(node, "client");

    expect(await node.resolveKey(key)).toMatchObject({ kind: "client" });
  });

  it("stop on every node within five seconds of being revoked, also on nodes that hear no messages", async () => {
    const [here, there] = [garden.createNode({ pollMs: 1_000 }), garden.createNode({ pollMs: 1_000 })];
    const key = await garden.addKey(undefined, "server");
    const [holderHere, holderThere] = [await here.resolveKey(key), await there.resolveKey(key)];
    const start = Date.now();

    await garden.revokeKey(here, key);

    await vi.waitFor(
      async () => {
        expect(here.isKeyInForce(holderHere)).toBe(false);
        expect(there.isKeyInForce(holderThere)).toBe(false);
        await expect(there.resolveKey(key)).rejects.toMatchObject(refused);
      },
      { timeout: 5_000, interval: 20 },
    );
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  it("expire by the clock", async () => {
    let now = Date.now();
    const node = garden.createNode({ now: () => now });
    const key = await garden.addKey(undefined, "client", { expiresAt: new Date(now + 60_000) });
    const holder = await node.resolveKey(key);
    expect(node.isKeyInForce(holder)).toBe(true);

    now += 60_001;

    expect(node.isKeyInForce(holder)).toBe(false);
    await expect(node.resolveKey(key)).rejects.toMatchObject(refused);
  });
});

describe("identities", () => {
  it("store traits that are read back, change them, and delete those that are null", async () => {
    const node = garden.createNode();
    const write = (traits: Record<string, string | number | boolean | null>) =>
      node.identities.write(garden.environment.id, "ada", traits);

    await write({ plan: "pro", seats: 3, beta: true, old: "x" });
    await write({ plan: "free", old: null });

    expect(await garden.traitsOf(node, "ada")).toEqual({ plan: "free", seats: 3, beta: true });
    expect(await garden.traitsOf(garden.createNode(), "ada")).toEqual({ plan: "free", seats: 3, beta: true });
  });

  it("are not made by reading, nor by deleting what is not there", async () => {
    const node = garden.createNode();

    expect(await garden.traitsOf(node, "ghost")).toEqual({});
    await node.identities.write(garden.environment.id, "ghost", { plan: null });

    const rows = await database.db.query.identity.findMany({
      where: (it, { and, eq }) => and(eq(it.environmentId, garden.environment.id), eq(it.identifier, "ghost")),
    });
    expect(rows).toEqual([]);
  });

  it("keep no more than a hundred traits, and still change those they have", async () => {
    const node = garden.createNode();
    const many = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`t${String(index).padStart(3, "0")}`, index]));
    await node.identities.write(garden.environment.id, "ada", many);
    await node.identities.write(garden.environment.id, "ada", { another: 1, t000: "changed" });

    const traits = await garden.traitsOf(node, "ada");

    expect(Object.keys(traits)).toHaveLength(100);
    expect(traits["another"]).toBeUndefined();
    expect(traits["t000"]).toBe("changed");
  });

  it("written by many at once lose nothing, the last write of each trait winning", async () => {
    const nodes = [garden.createNode(), garden.createNode()];
    const names = Array.from({ length: 60 }, () => word());

    await Promise.all(
      [1, 2, 3].flatMap((round) =>
        names
          .toReversed()
          .flatMap((name) =>
            nodes.map((node) => node.identities.write(garden.environment.id, name, { round, [`r${round}`]: true })),
          ),
      ),
    );

    for (const name of names) {
      expect(await garden.traitsOf(nodes[0]!, name)).toEqual({ round: 3, r1: true, r2: true, r3: true });
    }
  });

  it("are written although another of the same group belongs to an environment that is gone", async () => {
    const node = garden.createNode();

    const [bad, good] = await Promise.allSettled([
      node.identities.write(999_999, "nobody", { plan: "pro" }),
      node.identities.write(garden.environment.id, "ada", { plan: "pro" }),
    ]);

    expect(bad.status).toBe("rejected");
    expect(good.status).toBe("fulfilled");
    expect(await garden.traitsOf(node, "ada")).toEqual({ plan: "pro" });
  });

  it("are cached for thirty seconds, and read again after", async () => {
    let now = Date.now();
    const [here, there] = [garden.createNode({ now: () => now }), garden.createNode()];
    await there.identities.write(garden.environment.id, "ada", { plan: "free" });
    expect(await garden.traitsOf(here, "ada")).toEqual({ plan: "free" });
    await there.identities.write(garden.environment.id, "ada", { plan: "pro" });

    now += 29_000;
    expect(await garden.traitsOf(here, "ada")).toEqual({ plan: "free" });
    now += 2_000;
    expect(await garden.traitsOf(here, "ada")).toEqual({ plan: "pro" });
  });

  it("tell watchers of a write, until they stop", async () => {
    const node = garden.createNode();
    const heard = vi.fn();
    const stop = node.identities.watch({ environmentId: garden.environment.id, identifier: "ada" }, heard);

    await node.identities.write(garden.environment.id, "ada", { plan: "pro" });
    await node.identities.write(garden.environment.id, "bob", { plan: "pro" });
    expect(heard).toHaveBeenCalledOnce();
    stop();
    await node.identities.write(garden.environment.id, "ada", { plan: "free" });

    expect(heard).toHaveBeenCalledOnce();
  });
});

describe("revisions", () => {
  it("are told to whoever listens, of loaded environments and of this node's own writes", async () => {
    const [here, there] = [garden.createNode(), garden.createNode()];
    const kinds = { here: [] as string[], there: [] as string[] };
    here.onRevision((it) => kinds.here.push(it.kind));
    there.onRevision((it) => kinds.there.push(it.kind));
    await hubOf(there);

    const id = await garden.addFlag(here, { key: "checkout" });
    await garden.setFlag(here, id, { enabled: true });

    // Every environment of the project gets the new flag; only one of them is loaded on the other node.
    expect(kinds.here).toEqual(["flag.created", "flag.created", "flag.created", "flag.state"]);
    await vi.waitFor(() => expect(kinds.there).toEqual(["flag.created", "flag.state"]), { timeout: 3_000, interval: 20 });
  });
});

describe("readiness", () => {
  it("begins when the database has answered", async () => {
    expect(await garden.createNode().isReady()).toBe(true);
  });
});
