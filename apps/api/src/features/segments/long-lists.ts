import { LIMITS } from "@halyard/contracts";
import type { Rule } from "@halyard/evaluator/model";
import { AppError, invalid } from "../../errors.ts";
import { conditionAt, placeOf, withConditionAt } from "../revisions/index.ts";

type Path = readonly number[];

interface LongList {
  readonly path: number[];
  readonly count: number;
}

/** Rules with only the first items of long lists, and where those are. */
export function shorten(rules: readonly Rule[]): { readonly rules: Rule[]; readonly longLists: LongList[] } {
  const longLists = [...findLongLists(rules)];
  const shown = longLists.reduce<readonly Rule[]>(
    (short, { path }) => withConditionAt(short, path, (it) => ({ ...it, value: it.value.slice(0, LIMITS.listItemsShown) })),
    rules,
  );
  return { rules: [...shown], longLists };
}

function* findLongLists(rules: readonly Rule[], above: Path = []): Generator<LongList> {
  for (const [place, rule] of rules.entries()) {
    for (const [index, { value }] of rule.conditions.entries()) {
      if (typeof value === "string" || value.length <= LIMITS.listItemsShown) continue;
      yield { path: [...above, place, index], count: value.length };
    }
    yield* findLongLists(rule.rules, [...above, place]);
  }
}

/** @throws AppError `invalid` where there is no list */
export function listAt(rules: readonly Rule[], path: Path, field = "path"): readonly string[] {
  const value = conditionAt(rules, path)?.value;
  if (value === undefined) throw invalid(field, `The segment has no condition at \`${placeOf(path)}\`.`);
  if (typeof value === "string") throw invalid(field, `The condition at \`${placeOf(path)}\` has no list.`);
  return value;
}

export interface KeptList {
  readonly path: Path;
  readonly from: Path;
}

/**
 * New rules with the items that lists have now, for lists whose items the caller has not read.
 *
 * @throws AppError `invalid` for a place without a list
 */
export function withKeptLists(next: readonly Rule[], now: readonly Rule[], kept: readonly KeptList[]): readonly Rule[] {
  return kept.reduce((rules, { path, from }, index) => {
    listAt(rules, path, `keptLists.${index}.path`);
    const items = listAt(now, from, `keptLists.${index}.from`);
    return withConditionAt(rules, path, (it) => ({ ...it, value: items }));
  }, next);
}

/** @throws AppError `too_large` */
export function checkLength(count: number): void {
  if (count <= LIMITS.listItems) return;
  throw new AppError("too_large", `A list has at most ${LIMITS.listItems} items; with these it has ${count}.`);
}
