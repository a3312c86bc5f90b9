import type { JsonValue } from "./model.ts";

/** Values nested deeper than this are refused. */
export const MAX_VALUE_DEPTH = 64;

/** Freezes a value and all in it: answers are shared by everyone who asks, so nobody may change one. */
export function freezeJson(value: JsonValue): void {
  const open: JsonValue[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null || Object.isFrozen(next)) continue;
    Object.freeze(next);
    open.push(...Object.values(next));
  }
}

/** Same content, whatever the order of members. Below `levels` nothing counts as same. */
export function isSameJson(a: JsonValue | undefined, b: JsonValue | undefined, levels = MAX_VALUE_DEPTH): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || levels === 0) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const mine = Object.entries(a);
  const theirs = new Map(Object.entries(b));
  return (
    mine.length === theirs.size && mine.every(([key, value]) => theirs.has(key) && isSameJson(value, theirs.get(key), levels - 1))
  );
}
