import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { identityOverridesOf } from "@halyard/evaluator";
import { HalyardError } from "../errors.ts";
import { isRecord } from "../json.ts";
import type { Runtime } from "../runtime.ts";
import type { EnvironmentState } from "./environment-state.ts";

/** Changes within this are written once. */
const WRITE_PAUSE_MS = 1000;

export interface DiskCache {
  /** What was saved, not yet decoded; `undefined` where there is nothing readable. */
  load(): { readonly event: unknown; readonly ageMs: number } | undefined;
  readonly save: (state: EnvironmentState) => void;
  /** Resolves when the newest state is on disk. */
  readonly flush: () => Promise<void>;
}

interface DiskCacheOptions {
  readonly runtime: Runtime;
  readonly directory: string;
  /** Address and key; only their hash appears on disk. */
  readonly owner: string;
  readonly failed: (error: HalyardError) => void;
}

export function createDiskCache({ runtime, directory, owner, failed }: DiskCacheOptions): DiskCache {
  const file = join(directory, `${createHash("sha256").update(owner).digest("hex").slice(0, 32)}.json`);
  let unsaved: EnvironmentState | undefined;
  let writing = Promise.resolve();
  let cancelPause: (() => void) | undefined;

  function flush(): Promise<void> {
    cancelPause?.();
    cancelPause = undefined;
    const state = unsaved;
    unsaved = undefined;
    if (state !== undefined) writing = writing.then(() => write(state));
    return writing;
  }

  async function write({ compiled, to, position }: EnvironmentState): Promise<void> {
    const { snapshot } = compiled;
    const event = { type: "snapshot", to, position, snapshot, identityOverrides: identityOverridesOf(compiled) };
    const draft = `${file}.${process.pid}.draft`;
    try {
      mkdirSync(directory, { recursive: true });
      // Renamed into place, so that a process killed here leaves the old file whole. Readable by the owner only: rules are not public.
      await writeFile(draft, JSON.stringify({ savedAt: runtime.wallNow(), event }), { mode: 0o600 });
      await rename(draft, file);
    } catch (cause) {
      await rm(draft, { force: true }).catch(() => {
        // The first failure, told below, is also why the draft cannot be removed.
      });
      failed(new HalyardError("CACHE", `The environment could not be written to ${file}.`, { cause }));
    }
  }

  return {
    load() {
      try {
        const entry: unknown = JSON.parse(readFileSync(file, "utf8"));
        return isRecord(entry)
          ? { event: entry["event"], ageMs: Math.max(0, runtime.wallNow() - Number(entry["savedAt"])) }
          : undefined;
      } catch {
        // No file yet, or not one of ours: the server's snapshot will replace it.
        return undefined;
      }
    },
    save(state) {
      unsaved = state;
      cancelPause ??= runtime.after(WRITE_PAUSE_MS, () => void flush());
    },
    flush,
  };
}
