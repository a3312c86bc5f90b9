import { once } from "node:events";
import type { Database } from "@halyard/db";
import { jobLease } from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { eq, sql } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Jobs, startJobs } from "./index.ts";

let database: Database;
const log = pino({ level: "silent" });

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** A process with one job that counts its runs. */
function processWith(name: string, run: () => Promise<void> = () => Promise.resolve()) {
  const ran = new EventTarget();
  let runs = 0;
  const jobs: Jobs = startJobs({
    db: database.db,
    log,
    jobs: [
      {
        name,
        everyMs: 10,
        run: async () => {
          runs++;
          ran.dispatchEvent(new Event("run"));
          await run();
        },
      },
    ],
  });
  return { jobs, runs: () => runs, nextRun: () => once(ran, "run") };
}

it("runs a job again and again in one process only", async () => {
  const first = processWith("one");
  await first.nextRun();
  const second = processWith("one");

  await first.nextRun();
  await first.nextRun();

  expect(second.runs()).toBe(0);
  await Promise.all([first.jobs.close(), second.jobs.close()]);
});

it("hands a job over when its process closes", async () => {
  const first = processWith("handed over");
  await first.nextRun();
  const second = processWith("handed over");

  const taken = second.nextRun();
  await first.jobs.close();
  await taken;

  expect(second.runs()).toBeGreaterThan(0);
  await second.jobs.close();
});

it("takes a job over from a process that died, once its lease has run out", async () => {
  await database.db
    .insert(jobLease)
    .values({ job: "orphan", holder: "a dead process", expiresAt: sql`now() + interval '1 hour'` });
  const heir = processWith("orphan");
  const taken = heir.nextRun();

  await database.db.update(jobLease).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(jobLease.job, "orphan"));
  await taken;

  expect(heir.runs()).toBeGreaterThan(0);
  await heir.jobs.close();
});

it("goes on after a run that failed", async () => {
  const failing = processWith("failing", () => Promise.reject(new Error("not today")));
  await failing.nextRun();

  await failing.nextRun();

  expect(failing.runs()).toBeGreaterThan(1);
  await failing.jobs.close();
});
