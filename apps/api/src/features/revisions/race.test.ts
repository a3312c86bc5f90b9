import { type Database, openDatabase } from "@halyard/db";
import { environment, flag, flagState, revision } from "@halyard/db/schema";
import { createPostgresDatabase, testPostgresUrl } from "@halyard/db/testing";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";
import { createEnvironment } from "../environments/index.ts";
import { chainHash } from "./body.ts";

import { type RevisionStore, withRevision } from "./index.ts";

const PROCESSES = 3;
const ROUNDS = 6;
const POOL_SIZE = 6;

/** As many at a time as a process has connections: on a busy machine a longer queue would give up waiting for one. */
async function onEveryConnection(work: readonly (() => Promise<unknown>)[]): Promise<void> {
  const waiting = [...work];
  const connection = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: POOL_SIZE }, connection));
}

describe.skipIf(!testPostgresUrl)("writers on several connections", () => {
  let drop: () => Promise<void>;
  let databases: Database[];
  let world: World;
  beforeAll(async () => {
    const made = await createPostgresDatabase();
    drop = made.drop;
    // One after the other is not needed: they also race for the migration.
    databases = await Promise.all(Array.from({ length: PROCESSES }, () => openDatabase({ url: made.url, poolSize: POOL_SIZE })));
    world = await createWorld({ database: databases[0]! });
  });
  afterAll(async () => {
    await world.close();
    await Promise.all(databases.map((it) => it.close()));
    await drop();
  });

  const storeOf = (process: number): RevisionStore => ({ db: databases[process]!.db, announce: () => undefined });

  it("leave gapless versions, one chain, rising document times, and a state of every flag everywhere", async () => {
    const { project } = world;
    const actor = world.actors.admin;
    const all = { actor, project: project.id, environments: "all" as const };
    const [seed] = await databases[0]!.db
      .insert(flag)
      .values({ projectId: project.id, key: "seed", valueType: "boolean" })
      .returning();
    for (const it of Object.values(world.environments)) {
      await databases[0]!.db.insert(flagState).values({ flagId: seed!.id, environmentId: it.id, enabled: false });
    }

    const newFlag = (process: number, key: string) =>
      withRevision(storeOf(process), { ...all, kind: "flag.created", touches: {} }, async (tx, environments) => {
        const [made] = await tx.insert(flag).values({ projectId: project.id, key, valueType: "boolean" }).returning();
        for (const it of environments) {
          await tx.insert(flagState).values({ flagId: made!.id, environmentId: it.id, enabled: false });
        }
        return { result: undefined, touched: { flags: [made!.id] } };
      });
    const toggle = (process: number, environmentId: number) =>
      withRevision(
        storeOf(process),
        { actor, kind: "flag.state", project: project.id, environments: [environmentId], touches: { flags: [seed!.id] } },
        async (tx) => {
          const mine = and(eq(flagState.flagId, seed!.id), eq(flagState.environmentId, environmentId));
          const [state] = await tx.select().from(flagState).where(mine);
          await tx.update(flagState).set({ enabled: !state!.enabled }).where(mine);
          return { result: undefined };
        },
      );
    const newEnvironment = (process: number, name: string) =>
      createEnvironment({ revisions: storeOf(process), actor, project }, { name });

    const workOf = (process: number) =>
      Array.from({ length: ROUNDS }, (_, round) => [
        () => newFlag(process, `flag-${round}-${process}`),
        ...Object.values(world.environments).map((it) => () => toggle(process, it.id)),
        ...(round % 2 === 0 ? [() => newEnvironment(process, `Race ${round} ${process}`)] : []),
      ]).flat();
    await Promise.all(Array.from({ length: PROCESSES }, (_, process) => onEveryConnection(workOf(process))));

    const db = databases[0]!.db;
    const flags = await db.select({ id: flag.id }).from(flag).where(eq(flag.projectId, project.id));
    const environments = await db.select().from(environment).where(eq(environment.projectId, project.id));
    expect(flags).toHaveLength(1 + ROUNDS * PROCESSES);
    expect(environments).toHaveLength(3 + (ROUNDS / 2) * PROCESSES);
    for (const it of environments) {
      const log = await db.select().from(revision).where(eq(revision.environmentId, it.id)).orderBy(asc(revision.version));
      expect(log.map((row) => row.version)).toEqual(Array.from({ length: it.version }, (_, index) => index + 1));
      let head = "";
      for (const row of log) {
        expect(row.previousHash).toBe(head);
        expect(row.hash).toBe(chainHash(head, row.body));
        head = row.hash;
      }
      expect(it.headHash).toBe(head);
      const states = await db.select({ id: flagState.flagId }).from(flagState).where(eq(flagState.environmentId, it.id));
      expect(new Set(states.map((state) => state.id))).toEqual(new Set(flags.map((row) => row.id)));
    }
    const toggled = environments.filter((it) => it.id === world.environments.production.id);
    // Its creation, every new flag, every toggle.
    expect(toggled).toMatchObject([{ version: 1 + ROUNDS * PROCESSES * 2 }]);
  });

  it("move the document's time by a whole second with each version, however fast they write", async () => {
    const { id } = world.environments.staging;
    const seconds: number[] = [];
    const bump = (process: number) =>
      withRevision(
        {
          db: databases[process]!.db,
          announce: (made) => seconds.push(...made.map((it) => Math.floor(it.updatedAt.getTime() / 1_000))),
        },
        {
          actor: world.actors.admin,
          kind: "key.created",
          project: world.project.id,
          environments: [id],
          touches: {},
          always: true,
        },
        () => Promise.resolve({ result: undefined }),
      );

    await Promise.all(Array.from({ length: 20 }, (_, index) => bump(index % PROCESSES)));

    expect(new Set(seconds)).toHaveProperty("size", 20);
    const [now] = await databases[0]!.db.select().from(environment).where(eq(environment.id, id));
    expect(Math.floor(now!.documentUpdatedAt.getTime() / 1_000)).toBe(Math.max(...seconds));
  });

  it("tell the second of two who saw the same version, with the row as it is now", async () => {
    const { id } = world.environments.development;
    const { version } = await world.environmentNow("development");
    const rename = (process: number, name: string) =>
      withRevision(
        storeOf(process),
        {
          actor: world.actors.admin,
          kind: "environment.updated",
          project: world.project.id,
          environments: [id],
          touches: { settings: true },
          expected: {
            environmentId: id,
            version,
            subject: "environment",
            current: async (tx) => (await tx.select().from(environment).where(eq(environment.id, id)))[0]?.name,
          },
        },
        async (tx) => {
          await tx.update(environment).set({ name }).where(eq(environment.id, id));
          return { result: name };
        },
      );

    const settled = await Promise.allSettled([rename(0, "First"), rename(1, "Second")]);

    const [winner] = settled.flatMap((it) => (it.status === "fulfilled" ? [it.value.result] : []));
    const [refusal] = settled.flatMap((it) => (it.status === "rejected" ? [it.reason as unknown] : []));
    expect(refusal).toMatchObject({ code: "conflict", details: { current: winner } });
  });
});
