import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findSecret } from "./secret.ts";

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "halyard-secret-"));
});
afterAll(() => rmSync(dataDir, { recursive: true }));

it("is made once, kept, and readable by its owner only", () => {
  const folder = join(dataDir, "new");

  const made = findSecret({ secret: undefined, dataDir: folder });

  expect(made.length).toBeGreaterThanOrEqual(64);
  expect(findSecret({ secret: undefined, dataDir: folder })).toBe(made);
  expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
});

it("is the configured one where there is one, and nothing is written", () => {
  expect(findSecret({ secret: "s".repeat(32), dataDir: join(dataDir, "unused") })).toBe("s".repeat(32));
  expect(statSync(join(dataDir, "unused"), { throwIfNoEntry: false })).toBeUndefined();
});
