import type { JsonValue } from "@halyard/evaluator/model";
import { pairwise } from "./pairwise.ts";
import { type TestClient, testClient } from "./test-client.ts";
import type { Defaults, FlagKey, FlagValue } from "./types.ts";

/** Flags to try on and off, on with their coded default where there is one; or the values to try of each, and off. */
export type FlagStates = readonly FlagKey[] | { readonly [K in FlagKey]?: readonly Exclude<FlagValue<K>, undefined>[] };

interface State {
  readonly key: string;
  /** Also where it is off: then it is only known to the server. */
  readonly value: JsonValue;
  readonly isOff: boolean;
}

/**
 * Runs a test once for each combination of states that pairs need: every two flags meet in every two of their states.
 *
 * @throws Error that names the combination in which the test failed; the test's own error is its `cause`
 */
export async function forEachFlagState(
  states: FlagStates,
  test: (flags: TestClient) => void | Promise<void>,
  options: { readonly defaults?: Defaults } = {},
): Promise<void> {
  const defaults: Readonly<Record<string, JsonValue>> = options.defaults ?? {};
  const given: [string, readonly JsonValue[]][] = Array.isArray(states)
    ? (states as readonly string[]).map((key) => [key, [defaults[key] ?? true]])
    : Object.entries(states as Readonly<Record<string, readonly JsonValue[]>>);
  const factors = given.map(([key, values]) => statesOf(key, values));
  for (const levels of pairwise(factors.map(({ length }) => length))) {
    const chosen = levels.flatMap((level, factor) => factors[factor]?.[level] ?? []);
    const flags = testClient({}, options);
    for (const { key, value, isOff } of chosen) {
      flags.set(key, value);
      if (isOff) flags.disable(key);
    }
    try {
      await test(flags);
    } catch (cause) {
      const names = chosen.map(({ key, value, isOff }) => `${key} ${isOff ? "off" : JSON.stringify(value)}`);
      throw new Error(`Failed with ${names.join(", ")}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    } finally {
      await flags.close();
    }
  }
}

/** A boolean flag is its own state, so that off is one of its values. */
function statesOf(key: string, values: readonly JsonValue[]): State[] {
  if (values.every((value) => typeof value === "boolean")) return [true, false].map((value) => ({ key, value, isOff: !value }));
  return [...values.map((value) => ({ key, value, isOff: false })), { key, value: values[0] ?? null, isOff: true }];
}
