import type { Context } from "@halyard/evaluator/model";
import { decodeFlagsEvent } from "./decode.ts";
import { HalyardError } from "./errors.ts";
import { hash, isRecord } from "./json.ts";
import type { Runtime } from "./runtime.ts";
import { advance, type FlagState } from "./store.ts";

export interface Cached {
  readonly state: FlagState;
  /** Since the server confirmed it. */
  readonly ageMs: number;
}

export interface FlagCache {
  readonly load: (context: Context) => Cached | undefined;
  /** @throws HalyardError `CACHE`, where the storage is full */
  readonly save: (context: Context, state: FlagState) => void;
}

/**
 * Keeps the results of the last context of each key: one entry, so that contexts do not pile up on a shared machine.
 * The context itself is not stored, only its hash.
 */
export function createCache(runtime: Runtime, owner: string): FlagCache | undefined {
  const { storage } = runtime;
  if (storage === undefined) return undefined;
  const name = `halyard:${hash(owner)}`;
  return {
    load(context) {
      try {
        const entry: unknown = JSON.parse(storage.getItem(name) ?? "null");
        if (!isRecord(entry) || entry["context"] !== hashOf(context)) return undefined;
        const event = decodeFlagsEvent({ ...entry, type: "full" });
        const state = event && advance(undefined, event).state;
        return state && { state, ageMs: Math.max(0, runtime.wallNow() - Number(entry["savedAt"])) };
      } catch {
        // Unreadable entries are as good as none; the next save replaces them.
        return undefined;
      }
    },
    save(context, { to, position, flags }) {
      const entry = { context: hashOf(context), savedAt: runtime.wallNow(), to, position, flags: Object.fromEntries(flags) };
      try {
        storage.setItem(name, JSON.stringify(entry));
      } catch (cause) {
        throw new HalyardError("CACHE", "localStorage could not keep the values.", { cause });
      }
    },
  };
}

function hashOf({ targetingKey, attributes = {} }: Context): string {
  return hash(JSON.stringify([targetingKey, Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))]));
}
