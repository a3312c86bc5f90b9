import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { type Database, migrationsFolder, openDatabase, wrapPglite } from "./client.ts";

/** Set by `npm test` where a PostgreSQL answers; tests that need a real one skip themselves without it. */
export const testPostgresUrl = process.env["HALYARD_TEST_DATABASE_URL"];
/** Which driver slice tests use; CI runs them once with each. */
const driver = process.env["HALYARD_TEST_DRIVER"] === "postgres" && testPostgresUrl ? "postgres" : "pglite";

/**
 * A migrated, empty database of its own: PGlite from a template in memory, or a fresh PostgreSQL database that `close` drops.
 * Open one per test file and isolate tests by a fresh organisation: one PGlite takes about 0.7 GB.
 */
export async function openTestDatabase(kind: "postgres" | "pglite" = driver): Promise<Database> {
  return kind === "postgres" ? openTestPostgres() : openTestPglite();
}

async function openTestPglite(): Promise<Database> {
  const template = templateFile();
  const bytes = await readTemplate(template);
  return wrapPglite(await PGlite.create({ loadDataDir: new Blob([bytes]) }));
}

async function readTemplate(file: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return readFileSync(file);
  } catch {
    // Not made yet for this set of migrations.
    const client = await PGlite.create();
    await wrapPglite(client);
    const dump = await client.dumpDataDir("none");
    const bytes = Buffer.from(await dump.arrayBuffer());
    await client.close();
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, bytes);
    renameSync(partial, file);
    return bytes;
  }
}

function templateFile(): string {
  const folder = migrationsFolder();
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) if (name.endsWith(".sql")) hash.update(readFileSync(join(folder, name)));
  const cache = join(tmpdir(), "halyard-test");
  mkdirSync(cache, { recursive: true });
  return join(cache, `template-${hash.digest("hex").slice(0, 16)}.tar`);
}

/** A fresh PostgreSQL database beside the one of `HALYARD_TEST_DATABASE_URL`, by its own address. */
export async function createPostgresDatabase(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  if (!testPostgresUrl) throw new Error("HALYARD_TEST_DATABASE_URL is not set; run the tests with `npm test`.");
  const name = `halyard_test_${randomBytes(6).toString("hex")}`;
  await administer(testPostgresUrl, `create database ${name}`);
  const url = new URL(testPostgresUrl);
  url.pathname = `/${name}`;
  const base = testPostgresUrl;
  return { url: url.href, drop: () => administer(base, `drop database if exists ${name} with (force)`) };
}

async function openTestPostgres(): Promise<Database> {
  const { url, drop } = await createPostgresDatabase();
  const opened = await openDatabase({ url, poolSize: 10 });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await drop();
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
