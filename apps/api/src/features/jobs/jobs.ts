import { randomBytes } from "node:crypto";
import type { Db } from "@halyard/db";
import type { Logger } from "pino";
import { isDatabaseAway } from "../../errors.ts";
import { giveUpLease, takeLease } from "./lease.queries.ts";

/**
 * Work that one process of an installation does for all, again and again. The lease keeps the others from trying; it is no
 * lock, as a paused process may wake up after its lease has run out: what must happen once is decided under a row's lock.
 */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** Aborted when the process closes. What it throws is logged, and tried again at the next turn. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export interface Jobs {
  /** Waits for the runs under way. */
  close(): Promise<void>;
}

export interface JobsOptions {
  readonly db: Db;
  readonly log: Logger;
  readonly jobs: readonly Job[];
}

/** A job whose process has died is taken over after this, or after three missed turns. */
const LEASE_MS = 10_000;

export function startJobs({ db, log, jobs }: JobsOptions): Jobs {
  const holder = randomBytes(9).toString("base64url");
  const stopping = new AbortController();
  const running = jobs.map((job) => repeat(job, { db, log, holder, signal: stopping.signal }));
  return {
    async close() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

interface Runner {
  readonly db: Db;
  readonly log: Logger;
  readonly holder: string;
  readonly signal: AbortSignal;
}

async function repeat(job: Job, { db, log, holder, signal }: Runner): Promise<void> {
  const lease = { job: job.name, holder };
  let isMine = false;
  while (!signal.aborted) {
    try {
      isMine = await takeLease(db, { ...lease, ttlMs: Math.max(LEASE_MS, 3 * job.everyMs) });
      if (isMine) await job.run(signal);
    } catch (error) {
      // Whoever serves flags says that the database is away; a job only waits for it.
      if (isDatabaseAway(error)) log.debug({ err: error, job: job.name }, "a job waits for the database");
      else log.error({ err: error, job: job.name }, "a job failed and will be tried again");
    }
    await pause(job.everyMs * (0.9 + Math.random() / 5), signal);
  }
  if (isMine) await giveUpLease(db, lease).catch((error: unknown) => log.debug({ err: error }, "a lease could not be given up"));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener("abort", done);
  });
}
