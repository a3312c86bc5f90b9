import type { Condition, Rule } from "@halyard/evaluator/model";
import type { OutputOf } from "../../lib/procedures.ts";

type List = readonly string[];
interface Placed {
  readonly path: number[];
  readonly items: List;
}

/** Lists of the draft that are still the first items of a long one: only the beginning came along, and the whole must stay. */
export function keptLists(
  rules: readonly Rule[],
  { rules: base, longLists }: Pick<OutputOf<"segments.get">, "rules" | "longLists">,
) {
  const drafted = [...listsOf(rules)];
  const known = [...listsOf(base)];
  return longLists.flatMap(({ path: from }) => {
    const shown = known.find(({ path }) => isSame(path, from))?.items;
    const place = shown && drafted.find(({ items }) => isSame(items, shown));
    return place ? [{ path: place.path, from }] : [];
  });
}

/** The long list that a value is the beginning of, if it is. */
export function longListOf(
  value: Condition["value"],
  { rules, longLists }: Pick<OutputOf<"segments.get">, "rules" | "longLists">,
) {
  if (typeof value === "string" || longLists.length === 0) return undefined;
  const known = [...listsOf(rules)];
  return longLists.find(({ path: from }) => known.some(({ path, items }) => isSame(path, from) && isSame(items, value)));
}

const isSame = <T>(a: readonly T[], b: readonly T[]) => a.length === b.length && a.every((it, index) => it === b[index]);

function* listsOf(rules: readonly Rule[], above: readonly number[] = []): Generator<Placed> {
  for (const [place, rule] of rules.entries()) {
    for (const [index, { value }] of rule.conditions.entries()) {
      if (typeof value !== "string") yield { path: [...above, place, index], items: value };
    }
    yield* listsOf(rule.rules, [...above, place]);
  }
}
