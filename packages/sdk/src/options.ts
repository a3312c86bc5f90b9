import type { FlagsFull } from "@halyard/contracts";
import { decodeFlagsEvent } from "./decode.ts";
import { isRecord } from "./json.ts";
import type { Defaults, EvaluationContext, Flags } from "./types.ts";

interface BaseOptions {
  /** Address of the Halyard server, such as `https://flags.acme.io`. */
  readonly url: string;
  /** The environment's key. A function is asked again at each connection; nothing is then kept on disk. */
  readonly key: string | (() => string | Promise<string>);
  /** How often to ask while there is no stream, in milliseconds. Minimum `1_000`. @default 30_000 */
  readonly pollIntervalMs?: number;
}

/** Optional until flags are declared. */
type DefaultsOption = keyof Flags extends never ? { readonly defaults?: Defaults } : { readonly defaults: Defaults };

export type ConnectionOptions = BaseOptions & DefaultsOption;

export type ClientOptions = ConnectionOptions & {
  readonly context?: EvaluationContext;
  /** True lets the server store the context's attributes as traits of its identity. @default false */
  readonly remember?: boolean;
  /** Values to start with: what a server's `dehydrate` gave, or a selector of the element that holds it as JSON. */
  readonly bootstrap?: Bootstrap | string;
  /** False keeps nothing in `localStorage` for the next start. @default true */
  readonly cache?: boolean;
};

/** One context's results as of one version; also the answer of `POST /stream/flagsNow`. */
export type Bootstrap = Omit<FlagsFull, "type">;

/** @throws TypeError with the value received */
export function checkConnectionOptions(options: ConnectionOptions): { readonly url: string; readonly pollIntervalMs: number } {
  // Callers without a compiler exist, so nothing is taken from the type here.
  const given: unknown = options;
  if (!isRecord(given)) throw wrong("options", "an object", given);
  const { url, key, defaults, pollIntervalMs = 30_000 } = given;
  if (typeof url !== "string" || !/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
    throw wrong("url", "an http or https address", url);
  if (typeof key !== "function" && (typeof key !== "string" || key === ""))
    throw wrong("key", "an environment key or a function", key);
  if (defaults !== undefined && !isRecord(defaults)) throw wrong("defaults", "an object of values by flag key", defaults);
  if (typeof pollIntervalMs !== "number" || !(pollIntervalMs >= 1000))
    throw wrong("pollIntervalMs", "at least 1000", pollIntervalMs);
  return { url: url.replace(/\/+$/, ""), pollIntervalMs };
}

/** @throws TypeError with the value received */
export function checkClientOptions(
  options: ClientOptions,
): ReturnType<typeof checkConnectionOptions> & { readonly bootstrap?: FlagsFull } {
  const checked = checkConnectionOptions(options);
  const given: Readonly<Record<string, unknown>> = { ...options };
  for (const name of ["remember", "cache"]) {
    const value = given[name];
    if (value !== undefined && typeof value !== "boolean") throw wrong(name, "true or false", value);
  }
  const { context, bootstrap } = given;
  if (context !== undefined && !isRecord(context)) throw wrong("context", "an object", context);
  return bootstrap === undefined ? checked : { ...checked, bootstrap: readBootstrap(bootstrap) };
}

function readBootstrap(given: unknown): FlagsFull {
  let fault: unknown;
  try {
    const text = typeof given === "string" ? document.querySelector(given)?.textContent : undefined;
    const value: unknown = typeof given === "string" ? JSON.parse(text ?? "") : given;
    const event = decodeFlagsEvent(isRecord(value) ? { ...value, type: "full" } : value);
    if (event?.type === "full") return event;
  } catch (cause) {
    fault = cause;
  }
  throw wrong("bootstrap", "what `dehydrate` gave, or a selector of it", given, fault);
}

// eslint-disable-next-line max-params -- three words of one sentence, and its cause
export function wrong(name: string, expected: string, received: unknown, cause?: unknown): TypeError {
  let shown: unknown;
  try {
    // `undefined` has no JSON; it shows as such in the template below.
    shown = typeof received === "function" ? "a function" : JSON.stringify(received);
  } catch {
    // Cyclic, or a BigInt: its kind has to do.
    shown = `a ${typeof received}`;
  }
  return new TypeError(`Halyard: "${name}" must be ${expected}, but is ${String(shown).slice(0, 200)}.`, { cause });
}
