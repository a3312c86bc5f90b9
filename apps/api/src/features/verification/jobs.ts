import type { Db } from "@halyard/db";
import { removeAuditBefore, sealAudit } from "../audit/index.ts";
import type { Job } from "../jobs/index.ts";
import { makeHead } from "./heads.ts";
import { type HeadKeepers, keepHead } from "./keep-head.ts";
import type { SigningKey } from "./signing-key.ts";

export interface VerificationOptions {
  readonly db: Db;
  readonly key: SigningKey;
  readonly keepers: HeadKeepers;
  /** Undefined keeps events for ever. */
  readonly retentionDays: number | undefined;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

const SEAL_MS = 1_000;
const HEAD_MS = 60_000;
const RETENTION_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What keeps history provable: a seal each second, a signed head each day, and the removal of what is too old. */
export function verificationJobs({ db, key, keepers, retentionDays, now = Date.now }: VerificationOptions): Job[] {
  const jobs: Job[] = [
    {
      name: "audit.seal",
      everyMs: SEAL_MS,
      run: async (signal) => {
        while (!signal.aborted && (await sealAudit(db)) > 0);
      },
    },
    {
      name: "audit.head",
      everyMs: HEAD_MS,
      run: async () => {
        // Of the day that has begun: the ends of all days before it.
        const day = new Date(now()).toISOString().slice(0, 10);
        await keepHead(db, await makeHead(db, { day, key }), keepers);
      },
    },
  ];
  if (retentionDays !== undefined)
    jobs.push({
      name: "audit.retention",
      everyMs: RETENTION_MS,
      run: async () => {
        await removeAuditBefore(db, removedBefore(retentionDays, now()));
      },
    });
  return jobs;
}

/** Events sealed before this may be gone. */
export const removedBefore = (retentionDays: number, now: number): Date => new Date(now - retentionDays * DAY_MS);
