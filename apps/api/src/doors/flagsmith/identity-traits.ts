import { LIMITS } from "@halyard/contracts";
import type { Attributes, AttributeValue } from "@halyard/evaluator";
import type { StoredTraits } from "../../features/delivery/index.ts";
import type { GivenTrait } from "./trait-input.ts";

type Stored = StoredTraits["traits"];

const NONE: Attributes = Object.freeze({});

/** What an identity is evaluated with: what is stored, and over it what the request says. */
export function mergedAttributes(stored: Stored, given: readonly GivenTrait[]): Attributes {
  if (stored.size === 0 && given.length === 0) return NONE;
  const merged = new Map<string, AttributeValue>();
  for (const [key, { value }] of stored) merged.set(key, value);
  for (const { key, value } of given) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** What has to be stored: what differs from what is, and new traits only while there is room. */
export function changedTraits(stored: Stored, given: readonly GivenTrait[]): Attributes | undefined {
  const changed = new Map<string, AttributeValue>();
  let count = stored.size;
  for (const { key, value, transient } of given) {
    if (transient) continue;
    const before = changed.has(key) ? changed.get(key) : stored.get(key)?.value;
    const existed = before !== undefined && before !== null;
    if (value === null ? !existed : before === value) continue;
    if (value !== null && !existed) {
      if (count >= LIMITS.traitsPerIdentity) continue;
      count++;
    }
    if (value === null && existed) count--;
    changed.set(key, value);
  }
  return changed.size === 0 ? undefined : Object.fromEntries(changed);
}

/**
 * The traits of the answer. Clients replace what they know by it, so what they sent comes back in any case;
 * stored traits only to those who may see them.
 */
export function traitObjects(stored: Stored | undefined, given: readonly GivenTrait[]) {
  const objects = new Map<string, { id: number | null; trait_key: string; trait_value: AttributeValue; transient: boolean }>();
  for (const [key, { id, value }] of stored ?? []) {
    // Flagsmith's clients know no lists; they take part in evaluation all the same.
    if (typeof value !== "object") objects.set(key, { id, trait_key: key, trait_value: value, transient: false });
  }
  for (const { key, value, transient } of given) {
    if (value === null) objects.delete(key);
    else objects.set(key, { id: stored?.get(key)?.id ?? null, trait_key: key, trait_value: value, transient });
  }
  return [...objects.values()];
}
