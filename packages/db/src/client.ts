import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzleNodePg } from "drizzle-orm/node-postgres";
import { migrate as migrateNodePg } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import { lockFolder } from "./lock.ts";
import * as schema from "./schema/index.ts";

/** A connection or a transaction of either driver. Inside a transaction use only the `tx`: PGlite has one session and would wait for itself. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface Database {
  readonly db: Db;
  /**
   * The same database over a few connections that nobody else takes: for what clients wait for, so that evaluation has its share
   * while people and analytics keep the others busy. The embedded database has one session for all.
   */
  readonly reserved: Db;
  readonly driver: "postgres" | "pglite";
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type DatabaseOptions =
  | {
      /** `postgres://…` */
      readonly url: string;
      /** Most connections at once. @default 10 */
      readonly poolSize?: number;
    }
  | {
      /** Folder of the embedded database; made if missing, and locked against a second process. */
      readonly folder: string;
    };

const DRIZZLE = { schema, casing: "snake_case" } as const;
/** Any number, the same in every process: whoever holds it migrates, the others wait and find nothing to do. */
const MIGRATION_LOCK = 7_104_210;

/** Opens a database and brings it to the newest schema. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return "url" in options ? openPostgres(options.url, options.poolSize ?? 10) : openFolder(options.folder);
}

/** A statement that takes longer is given up, and its connection with it: a partition that swallows packets must not hold writers. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Reads of clients are short and grouped; more connections would not make them faster. */
const RESERVED_CONNECTIONS = 4;

async function openPostgres(url: string, poolSize: number): Promise<Database> {
  await migratePostgres(url);
  const [pool, reserve] = [createPool(url, poolSize), createPool(url, RESERVED_CONNECTIONS)];
  const db = drizzleNodePg({ client: pool, ...DRIZZLE });
  return {
    db,
    reserved: drizzleNodePg({ client: reserve, ...DRIZZLE }),
    driver: "postgres",
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    close: async () => {
      await Promise.all([pool.end(), reserve.end()]);
    },
  };
}

function createPool(url: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // A little later than the server's own, whose error says more.
    query_timeout: STATEMENT_TIMEOUT_MS + 2_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // Without a listener the loss of an idle connection ends the process; the next query reports it to whoever asks.
  pool.on("error", () => undefined);
  return pool;
}

/** On a connection of its own, which may take as long as a large table needs. */
async function migratePostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrateNodePg(drizzleNodePg({ client, ...DRIZZLE }), { migrationsFolder: migrationsFolder() });
  } finally {
    // Ends the lock too.
    await client.end();
  }
}

async function openFolder(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder);
  try {
    const client = await PGlite.create({ dataDir: join(folder, "postgres") });
    const opened = await wrapPglite(client);
    return {
      ...opened,
      close: async () => {
        await opened.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Migrates and wraps an open PGlite. */
export async function wrapPglite(client: PGlite): Promise<Database> {
  const db = drizzlePglite({ client, ...DRIZZLE });
  await migratePglite(db, { migrationsFolder: migrationsFolder() });
  return {
    db,
    reserved: db,
    driver: "pglite",
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    close: () => client.close(),
  };
}

/** Beside the sources here, or beside the bundle that this file became part of. */
export function migrationsFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [join(here, "../migrations"), join(here, "migrations")].find((folder) => existsSync(folder));
  if (!found) throw new Error(`No migrations folder beside ${here}; the build is incomplete.`);
  return found;
}
