import type { Db } from "@halyard/db";
import { environment, evaluationCount } from "@halyard/db/schema";
import { inArray, sql } from "drizzle-orm";
import type { Logger } from "pino";
import { isDatabaseAway } from "../../errors.ts";

const BUCKET_MS = 15 * 60_000;
const FLUSH_MS = 5_000;
/** Rows kept while the database is away; beyond it new rows are dropped and old ones go on counting. */
const MAX_ROWS = 50_000;
/** Rows of one statement; four parameters each, and a statement takes 65,535. */
const ROWS_PER_STATEMENT = 5_000;
const MAX_COUNT = 2 ** 31 - 1;

export interface Read {
  readonly environmentId: number;
  readonly flagKey: string;
  /** Undefined where the client does not say. */
  readonly enabled: boolean | undefined;
  /** At least 1. */
  readonly count: number;
}

/** How often flags were read: counted in memory, stored in 15-minute buckets every few seconds. Losing some is better than slowing a client. */
export interface EvaluationCounts {
  add(read: Read): void;
  /** Stores what was counted. Never rejects: what could not be stored is counted on. */
  flush(): Promise<void>;
  /** Flushes a last time and stops. */
  close(): Promise<void>;
}

interface Options {
  readonly db: Db;
  readonly log: Pick<Logger, "warn" | "error">;
  readonly now?: () => number;
}

type Row = typeof evaluationCount.$inferInsert;

export function createEvaluationCounts({ db, log, now = Date.now }: Options): EvaluationCounts {
  let counted = new Map<string, Row>();
  let flushing: Promise<void> | undefined;
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();

  function add({ environmentId, flagKey, enabled = false, count }: Read): void {
    const bucket = Math.floor(now() / BUCKET_MS) * BUCKET_MS;
    put({ environmentId, flagKey, enabled, count, bucket: new Date(bucket) });
  }

  function put(row: Row): void {
    const name = `${row.environmentId} ${row.bucket.getTime()} ${row.enabled} ${row.flagKey}`;
    const before = counted.get(name);
    if (before) before.count = Math.min(MAX_COUNT, before.count + row.count);
    else if (counted.size < MAX_ROWS) counted.set(name, row);
  }

  function flush(): Promise<void> {
    return (flushing ??= storeAll().finally(() => {
      flushing = undefined;
    }));
  }

  async function storeAll(): Promise<void> {
    if (counted.size === 0) return;
    const rows = [...counted.values()];
    counted = new Map();
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      try {
        await storeCounts(db, rows.slice(from, from + ROWS_PER_STATEMENT));
      } catch (error) {
        if (!isDatabaseAway(error)) {
          log.error(error, "Counts of flag reads could not be stored and were dropped.");
          continue;
        }
        for (const row of rows.slice(from)) put(row);
        log.warn("The database does not answer; counts of flag reads are kept in memory.");
        return;
      }
    }
  }

  return {
    add,
    flush,
    async close() {
      clearInterval(timer);
      await flushing;
      await flush();
    },
  };
}

async function storeCounts(db: Db, rows: readonly Row[]): Promise<void> {
  const ids = [...new Set(rows.map((row) => row.environmentId))];
  // An environment may have been deleted since; one of its rows would refuse them all.
  const existing = await db.select({ id: environment.id }).from(environment).where(inArray(environment.id, ids));
  const known = new Set(existing.map((row) => row.id));
  // Sorted, because two processes that lock the same rows in different orders would wait for each other.
  const sorted = rows.filter((row) => known.has(row.environmentId)).sort(byKey);
  if (sorted.length === 0) return;
  await db
    .insert(evaluationCount)
    .values(sorted)
    .onConflictDoUpdate({
      target: [evaluationCount.environmentId, evaluationCount.flagKey, evaluationCount.bucket, evaluationCount.enabled],
      set: { count: sql`least(${evaluationCount.count}::bigint + excluded.count, ${MAX_COUNT})::int` },
    });
}

function byKey(a: Row, b: Row): number {
  return (
    a.environmentId - b.environmentId ||
    (a.flagKey < b.flagKey ? -1 : a.flagKey > b.flagKey ? 1 : 0) ||
    a.bucket.getTime() - b.bucket.getTime() ||
    Number(a.enabled) - Number(b.enabled)
  );
}
