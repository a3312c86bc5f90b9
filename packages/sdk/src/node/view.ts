import type { FlagResult } from "@halyard/contracts";
import { evaluate } from "@halyard/evaluator";
import type { Context, JsonValue } from "@halyard/evaluator/model";
import type { Bootstrap } from "../options.ts";
import { versionOf } from "../position.ts";
import { createReader, type Reader } from "../reader.ts";
import type { FlagKey, Source } from "../types.ts";
import type { FlagRead } from "./analytics.ts";
import type { EnvironmentState } from "./environment-state.ts";

/** One context's flags, all as of the version at which the view was made. */
export interface View extends Reader {
  readonly version: string | null;
  /** These flags' results for a page's `bootstrap`: values, no rules; `undefined` before there is a version. */
  readonly dehydrate: (keys: readonly FlagKey[]) => Dehydrated | undefined;
}

export interface Dehydrated extends Bootstrap {
  /** JSON that may stand in a `<script type="application/json">`. */
  readonly toHTML: () => string;
}

export interface ViewOptions {
  readonly state: EnvironmentState | undefined;
  readonly context: Context;
  readonly defaults: Readonly<Record<string, JsonValue>>;
  readonly source: Source;
  readonly ageMs: () => number | null;
  readonly read: (read: FlagRead) => void;
}

export function createView({ state, context, defaults, source, ageMs, read }: ViewOptions): View {
  const version = state ? versionOf(state) : null;
  // One moment for the whole view, as it is of one version.
  const asked: Context = { ...context, now: Date.now() };
  const find = (key: string) => {
    const result = state && evaluate(state.compiled, key, asked);
    return result?.errorCode === "FLAG_NOT_FOUND" ? undefined : result;
  };
  const reader = createReader({
    defaults,
    lookup(key) {
      const result = find(key);
      read({ key, enabled: result?.enabled ?? false, variant: result?.variant ?? null, version });
      return result;
    },
    state: () => ({ isReady: state !== undefined, version, source, ageMs: ageMs() }),
  });
  return {
    ...reader,
    version,
    dehydrate(keys) {
      if (state === undefined) return undefined;
      const flags: [string, FlagResult][] = [];
      for (const key of keys) {
        const result = find(key);
        if (result === undefined || result.errorCode !== undefined) continue;
        const { enabled, valueType, value, variant, reason } = result;
        flags.push([key, { enabled, valueType, value, variant, reason }]);
      }
      const boot: Bootstrap = { to: state.to, position: state.position, flags: Object.fromEntries(flags) };
      return { ...boot, toHTML: () => JSON.stringify(boot).replaceAll("<", "\\u003c") };
    },
  };
}
