import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** How often the holder proves it is alive to processes that cannot see its pid (another container, another host), in ms. */
const HEARTBEAT_MS = 5_000;
const STALE_AFTER_MS = 20_000;

/** Another process has the folder open; the message says which and what to do. */
export class FolderInUseError extends Error {}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/**
 * Makes this process the only one that opens `folder`. PGlite itself has no lock, and two openers lose data.
 *
 * @returns releases the lock
 * @throws FolderInUseError while another process holds it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "halyard.lock");
  const me: Holder = { pid: process.pid, host: hostname() };
  try {
    take(file, me);
  } catch (error) {
    if (!isExisting(error)) throw error;
    const holder = readHolder(file);
    if (holder && isAlive(holder, file)) {
      throw new FolderInUseError(
        `The data folder ${folder} is in use by process ${holder.pid} on ${holder.host}. Stop that process, or give this one another HALYARD_DATA_DIR, or a DATABASE_URL to share PostgreSQL.`,
      );
    }
    rmSync(file, { force: true });
    take(file, me);
  }
  const heartbeat = setInterval(() => utimesSync(file, new Date(), new Date()), HEARTBEAT_MS);
  heartbeat.unref();
  const release = () => {
    clearInterval(heartbeat);
    process.off("exit", release);
    rmSync(file, { force: true });
  };
  process.on("exit", release);
  return release;
}

function take(file: string, me: Holder): void {
  writeFileSync(file, JSON.stringify(me), { flag: "wx" });
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined; // half-written by a process that died while taking it
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(file).mtimeMs < STALE_AFTER_MS;
  // A restarted container has the same host name and the same pid as the one before it.
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
