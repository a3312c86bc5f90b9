import { environment } from "@halyard/db/schema";
import { eq, sql } from "drizzle-orm";
import { system } from "../../actor.ts";
import type { Job } from "../jobs/index.ts";
import { type RevisionStore, withRevision } from "../revisions/index.ts";
import { findPassed } from "./passed.queries.ts";

/** A date counts at most so much late, and the time a revision takes to arrive. */
const EVERY_MS = 500;

interface ClockOptions {
  readonly revisions: RevisionStore;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/**
 * Lets dates pass: where `$.now` is compared with one that has come, the environment's clock is moved on by a revision, so that
 * every node and every SDK turns over at the same version. Dates that came while nobody looked pass together.
 */
export function clockJob({ revisions, now = Date.now }: ClockOptions): Job {
  return {
    name: "clock",
    everyMs: EVERY_MS,
    run: async (signal) => {
      const passed = await findPassed(revisions.db, { now: now() });
      for (const environmentId of new Set(passed.map((it) => it.environmentId))) {
        if (signal.aborted) return;
        const project = passed.find((it) => it.environmentId === environmentId)?.projectId ?? 0;
        await moveClock(revisions, { environmentId, project, now: now() });
      }
    },
  };
}

interface Move {
  readonly environmentId: number;
  readonly project: number;
  readonly now: number;
}

async function moveClock(revisions: RevisionStore, { environmentId, project, now }: Move): Promise<void> {
  await withRevision(
    revisions,
    { actor: system("clock"), kind: "clock", project, environments: [environmentId], touches: { settings: true } },
    async (tx) => {
      // Looked for again under the lock: another process may have written it, whatever its lease says.
      const passed = await findPassed(tx, { now, environmentId });
      if (passed.length === 0) return { result: undefined };
      const clockAt = sql`greatest(${environment.clockAt}, ${new Date(now).toISOString()}::timestamptz)`;
      await tx.update(environment).set({ clockAt }).where(eq(environment.id, environmentId));
      return { result: undefined, about: passed.map((it) => `segment:${it.segment}`) };
    },
  );
}
