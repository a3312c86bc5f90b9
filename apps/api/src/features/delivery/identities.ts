import type { Db } from "@halyard/db";
import { AppError } from "../../errors.ts";
import { createBatch } from "./batch.ts";
import type { Identities, StoredTraits } from "./delivery.ts";
import type { Gate } from "./gate.ts";
import { type IdentityRef, readTraits } from "./identities.queries.ts";
import { createIdentityWrites } from "./identity-writes.ts";
import { createLru } from "./lru.ts";

/** How long traits written on a node that this one does not hear may stay unseen here. */
const FRESH_MS = 30_000;
const MAX_ENTRIES = 200_000;
const MAX_BYTES = 64 * 1024 * 1024;

type Traits = StoredTraits["traits"];

interface Entry {
  readonly traits: Traits;
  readonly readAt: number;
}

export interface IdentitiesOptions {
  readonly db: Db;
  readonly gate: Gate;
  readonly now: () => number;
  /** Tells other nodes. */
  readonly onForget: (environmentId: number, identifier: string) => void;
}

export interface LiveIdentities extends Identities {
  /** What another node told: drops it here only. */
  drop(environmentId: number, identifier: string): void;
}

export function createIdentities({ db, gate, now, onForget }: IdentitiesOptions): LiveIdentities {
  const cache = createLru<Entry>({ maxEntries: MAX_ENTRIES, maxBytes: MAX_BYTES, sizeOf: bytesOf });
  const reading = new Map<string, Promise<Traits>>();
  const watchers = new Map<string, Set<() => void>>();
  const read = createBatch<IdentityRef, Traits>({ maxSize: 500, run: (refs) => gate(() => readTraits(db, refs)) });
  const store = createIdentityWrites(db);

  function readOnce(name: string, ref: IdentityRef): Promise<Traits> {
    const running = reading.get(name);
    if (running) return running;
    const started = read(ref)
      .then((traits) => {
        // A write since then has made this old news.
        if (reading.get(name) === started) cache.set(name, { traits, readAt: now() });
        return traits;
      })
      .finally(() => {
        if (reading.get(name) === started) reading.delete(name);
      });
    reading.set(name, started);
    return started;
  }

  function drop(environmentId: number, identifier: string): void {
    const name = nameOf(environmentId, identifier);
    cache.delete(name);
    reading.delete(name);
    for (const listener of [...(watchers.get(name) ?? [])]) listener();
  }

  function forget(environmentId: number, identifier: string): void {
    drop(environmentId, identifier);
    onForget(environmentId, identifier);
  }

  return {
    async traits(environmentId, identifier) {
      const name = nameOf(environmentId, identifier);
      const cached = cache.get(name);
      if (cached && now() - cached.readAt < FRESH_MS) return { traits: cached.traits, fresh: true };
      try {
        return { traits: await readOnce(name, { environmentId, identifier }), fresh: true };
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
        return { traits: cached?.traits ?? NONE, fresh: false };
      }
    },
    async write(environmentId, identifier, traits) {
      if (Object.keys(traits).length === 0) return;
      await store({ environmentId, identifier, traits });
      forget(environmentId, identifier);
    },
    forget,
    drop,
    watch({ environmentId, identifier }, listener) {
      const name = nameOf(environmentId, identifier);
      const own = watchers.get(name) ?? new Set();
      watchers.set(name, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0 && watchers.get(name) === own) watchers.delete(name);
      };
    },
  };
}

const NONE: Traits = new Map();

const nameOf = (environmentId: number, identifier: string): string => `${environmentId} ${identifier}`;

function bytesOf(name: string, { traits }: Entry): number {
  let bytes = 200 + name.length * 2;
  for (const [key, { value }] of traits) bytes += 120 + key.length * 2 + (typeof value === "string" ? value.length * 2 : 8);
  return bytes;
}
