import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FolderInUseError, openDatabase } from "./index.ts";
import { lockFolder } from "./lock.ts";
import { organisation } from "./schema/index.ts";
import { createPostgresDatabase, openTestDatabase, testPostgresUrl } from "./testing.ts";

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "halyard-db-"));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("the embedded database", () => {
  it("keeps what was written when its folder is opened again", async () => {
    const folder = newFolder();
    const first = await openDatabase({ folder });
    await first.db.insert(organisation).values({ name: "Acme", slug: "acme" });
    await first.close();

    const second = await openDatabase({ folder });

    expect(await second.db.select().from(organisation)).toMatchObject([{ name: "Acme", slug: "acme" }]);
    await second.close();
  });

  it("refuses a folder that a living process holds, and says which", () => {
    const folder = newFolder();
    const parent = process.ppid;
    lockFolder(folder)();
    spawnSync("sh", ["-c", `printf '{"pid":${parent},"host":"%s"}' "$(hostname)" > ${join(folder, "halyard.lock")}`]);

    expect(() => lockFolder(folder)).toThrow(FolderInUseError);
    expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${parent} .*HALYARD_DATA_DIR`));
  });

  it("takes over the lock of a process that died without releasing it", () => {
    const folder = newFolder();
    const gone = spawnSync("true").pid;
    spawnSync("sh", ["-c", `printf '{"pid":${gone},"host":"%s"}' "$(hostname)" > ${join(folder, "halyard.lock")}`]);

    const release = lockFolder(folder);

    release();
  });
});

describe("a test database", () => {
  it("starts migrated and empty", async () => {
    const database = await openTestDatabase();

    expect(await database.db.select().from(organisation)).toEqual([]);
    await database.close();
  });
});

describe.skipIf(!testPostgresUrl)("PostgreSQL", () => {
  it("is migrated once by eight processes that start together", async () => {
    const { url, drop } = await createPostgresDatabase();

    const opened = await Promise.all(Array.from({ length: 8 }, () => openDatabase({ url, poolSize: 2 })));

    for (const database of opened) expect(await database.db.select().from(organisation)).toEqual([]);
    await Promise.all(opened.map((database) => database.close()));
    await drop();
  });
});
