import type { Database } from "@halyard/db";
import { revision } from "@halyard/db/schema";
import { openTestDatabase, testPostgresUrl } from "@halyard/db/testing";
import { evaluate, type Rule } from "@halyard/evaluator";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Delivery, EnvironmentState } from "../delivery/index.ts";
import { createGarden, type Garden } from "../delivery/testing/garden.ts";
import { clockJob } from "./index.ts";

const HOUR = 3_600_000;
const signal = new AbortController().signal;

let database: Database;
let garden: Garden;
beforeAll(async () => {
  // Two processes can only share a PostgreSQL; without one, two jobs share the embedded database.
  database = await openTestDatabase(testPostgresUrl ? "postgres" : "pglite");
});
afterAll(() => database.close());
beforeEach(async () => {
  garden = await createGarden(database);
});
afterEach(() => garden.close());

const openFrom = (date: number): Rule[] => [
  {
    type: "ALL",
    conditions: [{ operator: "AFTER", property: "$.now", value: new Date(date).toISOString() }],
    rules: [],
  },
];

/** The job of a process whose clock shows `now`, announcing to its own node. */
const jobAt = (now: number, node?: Delivery) =>
  clockJob({ revisions: { db: garden.db, announce: (revisions) => node?.announce(revisions) }, now: () => now });

const clockRevisions = async () =>
  garden.db
    .select()
    .from(revision)
    .where(and(eq(revision.environmentId, garden.environment.id), eq(revision.kind, "clock")))
    .orderBy(asc(revision.version));

/** A flag that is off, and on for the segment `sale` from a date on. */
async function plantSale(date: number): Promise<void> {
  const flagId = await garden.addFlag(undefined, { key: "sale-banner" });
  const segmentId = await garden.addSegment(undefined, "sale", openFrom(date));
  await garden.overrideForSegment(undefined, { flagId, segmentId, enabled: true });
}

const isOn = ({ compiled }: EnvironmentState) => evaluate(compiled, "sale-banner", {}).enabled;

it("writes one revision when a date has come, whichever process sees it first, and every node turns over with it", async () => {
  const date = Date.now() + HOUR;
  await plantSale(date);
  const nodes = [garden.createNode(), garden.createNode()];
  const hubs = await Promise.all(nodes.map((node) => node.environment(garden.environment.id)));
  const before = hubs.map((hub) => hub.current());
  expect(before.map(isOn)).toEqual([false, false]);
  const turned = hubs.map(
    (hub) => new Promise<EnvironmentState>((resolve) => hub.subscribe(({ after, delta }) => delta && resolve(after))),
  );

  await jobAt(date, nodes[0]).run(signal);
  expect(await clockRevisions()).toEqual([]);
  await Promise.all(nodes.map((node) => jobAt(date + 1, node).run(signal)));

  const after = await Promise.all(turned);
  expect(after.map(isOn)).toEqual([true, true]);
  const written = await clockRevisions();
  expect(written).toHaveLength(1);
  expect(written[0]).toMatchObject({ subjects: ["environment", "segment:sale"], actor: "system:clock" });
  expect(after.map((it) => it.version)).toEqual([written[0]?.version, written[0]?.version]);
  expect(new Set([...before, ...after].map((it) => it.position)).size).toBe(2);
});

it("lets dates that came while nobody looked pass together, and each of the others by itself", async () => {
  const start = Date.now();
  await plantSale(start + HOUR);
  await garden.addSegment(undefined, "night", openFrom(start + 2 * HOUR));
  await garden.addSegment(undefined, "morning", openFrom(start + 9 * HOUR));

  await jobAt(start + 3 * HOUR).run(signal);
  await jobAt(start + 3 * HOUR).run(signal);
  await jobAt(start + 10 * HOUR).run(signal);

  const written = await clockRevisions();
  expect(written.map((it) => it.subjects)).toEqual([
    ["environment", "segment:night", "segment:sale"],
    ["environment", "segment:morning"],
  ]);
  expect(JSON.parse(written[0]?.body ?? "")).toMatchObject({
    delta: { environment: { clock: start + 3 * HOUR } },
    changes: [{ subject: "environment", path: "clock", after: new Date(start + 3 * HOUR).toISOString() }],
  });
});

it("needs no clock revision for a date that had passed when it was written", async () => {
  const node = garden.createNode();
  await plantSale(Date.now() - HOUR);

  await jobAt(Date.now() + 1).run(signal);

  const hub = await node.environment(garden.environment.id);
  expect(isOn(hub.current())).toBe(true);
  expect(await clockRevisions()).toEqual([]);
});
