import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.ts";

/** The configured secret, or the one that is made at the first start and kept in the data folder, readable by its owner only. */
export function findSecret({ secret, dataDir }: Pick<Config, "secret" | "dataDir">): string {
  if (secret !== undefined) return secret;
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "secret");
  try {
    // Fails where the file exists, so two processes that start at once end up with the same one.
    writeFileSync(file, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    chmodSync(file, 0o600);
  }
  return readFileSync(file, "utf8").trim();
}
