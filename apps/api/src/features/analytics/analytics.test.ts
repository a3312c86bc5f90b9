import type { Database } from "@halyard/db";
import { environment, evaluationCount, organisation, project } from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createEvaluationCounts } from "./index.ts";

const QUARTER = Date.UTC(2026, 10, 22, 14, 15);
const log = pino({ level: "silent" });
let database: Database;
let environmentId: number;
let serial = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  const name = `org-${++serial}`;
  const { db } = database;
  const [org] = await db.insert(organisation).values({ name, slug: name }).returning();
  const [made] = await db.insert(project).values({ name, slug: name, organisationId: org!.id }).returning();
  const [env] = await db
    .insert(environment)
    .values({ projectId: made!.id, name, slug: name, position: 0, colour: "#3366cc", bucketingKey: name, epoch: "e" })
    .returning();
  environmentId = env!.id;
});

const stored = async () =>
  (await database.db.select().from(evaluationCount).where(eq(evaluationCount.environmentId, environmentId)))
    .map(({ flagKey, enabled, count, bucket }) => ({ flagKey, enabled, count, bucket: bucket.getTime() }))
    .sort((a, b) => a.bucket - b.bucket || Number(a.enabled) - Number(b.enabled));

it("adds up reads of a quarter of an hour, apart by state, over several flushes", async () => {
  let now = QUARTER;
  const counts = createEvaluationCounts({ db: database.db, log, now: () => now });

  counts.add({ environmentId, flagKey: "checkout", enabled: undefined, count: 2 });
  counts.add({ environmentId, flagKey: "checkout", enabled: true, count: 5 });
  await counts.flush();
  now += 14 * 60_000;
  counts.add({ environmentId, flagKey: "checkout", enabled: false, count: 3 });
  now += 60_000;
  counts.add({ environmentId, flagKey: "checkout", enabled: false, count: 1 });
  await counts.close();

  expect(await stored()).toEqual([
    { flagKey: "checkout", enabled: false, count: 5, bucket: QUARTER },
    { flagKey: "checkout", enabled: true, count: 5, bucket: QUARTER },
    { flagKey: "checkout", enabled: false, count: 1, bucket: QUARTER + 15 * 60_000 },
  ]);
});

it("keeps the greatest number instead of failing where a count would overflow", async () => {
  const counts = createEvaluationCounts({ db: database.db, log, now: () => QUARTER });

  counts.add({ environmentId, flagKey: "busy", enabled: true, count: 2 ** 31 - 2 });
  await counts.flush();
  counts.add({ environmentId, flagKey: "busy", enabled: true, count: 10 });
  await counts.close();

  expect((await stored())[0]?.count).toBe(2 ** 31 - 1);
});

it("stores the other environments' counts where one was deleted meanwhile", async () => {
  const counts = createEvaluationCounts({ db: database.db, log, now: () => QUARTER });

  counts.add({ environmentId: 999_999, flagKey: "gone", enabled: true, count: 1 });
  counts.add({ environmentId, flagKey: "checkout", enabled: true, count: 1 });
  await counts.close();

  expect(await stored()).toHaveLength(1);
});

it("keeps counting while the database is away, and stores all of it once it is back", async () => {
  const other = await openTestDatabase();
  await other.close();
  let db = other.db;
  const switching = new Proxy(other.db, { get: (_, name) => Reflect.get(db, name) as unknown });
  const counts = createEvaluationCounts({ db: switching, log, now: () => QUARTER });

  counts.add({ environmentId, flagKey: "checkout", enabled: true, count: 1 });
  await counts.flush();
  counts.add({ environmentId, flagKey: "checkout", enabled: true, count: 1 });
  db = database.db;
  await counts.close();

  expect((await stored())[0]?.count).toBe(2);
});
