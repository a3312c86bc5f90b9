import { isSame } from "./json.ts";
import type { Listeners } from "./listeners.ts";
import type { Reader } from "./reader.ts";
import type { FlagKey, FlagValue } from "./types.ts";

export interface Watchers {
  readonly watch: <K extends FlagKey>(key: K, listener: (now: FlagValue<K>, before: FlagValue<K>) => void) => () => void;
  /** Compares what each watched flag reads now with what it read before. */
  readonly notify: () => void;
  readonly clear: () => void;
}

export function createWatchers(reader: Reader, listeners: Listeners): Watchers {
  const checks = new Set<() => void>();
  return {
    watch(key, listener) {
      let before = reader.get(key);
      const check = () => {
        const now = reader.get(key);
        if (isSame(now, before)) return;
        const last = before;
        before = now;
        listeners.guard(() => listener(now, last));
      };
      checks.add(check);
      return () => {
        checks.delete(check);
      };
    },
    notify: () => {
      for (const check of checks) check();
    },
    clear: () => {
      checks.clear();
    },
  };
}
