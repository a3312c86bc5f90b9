import { dayOf, parseInstant, startOfDay } from "./instant.ts";
import { NOW } from "./match.ts";
import { type Condition, DATE_OPERATORS, type Flag, type Rule, type Segment, type Snapshot } from "./model.ts";

/**
 * The moments at which a condition on `$.now` changes its verdict, in milliseconds since 1970, ascending: at each of them the
 * verdict is another one than a millisecond before. Whoever writes an environment's `clock` writes it when one of them is reached.
 */
export function clockBoundaries({ segments }: Pick<Snapshot, "segments">): readonly number[] {
  const boundaries = new Set<number>();
  for (const condition of conditionsOf(segments)) for (const boundary of boundariesOf(condition)) boundaries.add(boundary);
  return [...boundaries].sort((a, b) => a - b);
}

function boundariesOf({ operator, property, value }: Condition): readonly number[] {
  const bound = property === NOW && typeof value === "string" ? parseInstant(value) : undefined;
  if (bound === undefined) return [];
  if (operator === "BEFORE") return [bound];
  if (operator === "AFTER") return [bound + 1];
  return operator === "ON" ? [startOfDay(dayOf(bound)), startOfDay(dayOf(bound) + 1)] : [];
}

/**
 * Keys of the flags whose answer depends on the moment at which it is asked for: one version has more than one answer for a
 * context, so they cannot be kept by version. Those that only compare `$.now` with a constant depend on the environment's
 * `clock` instead, once there is one.
 */
export function flagsByNow({ environment, flags, segments }: Snapshot): ReadonlySet<string> {
  const hasClock = environment.clock !== undefined;
  const found = new Set(segments.filter((segment) => dependsOnNow(segment, hasClock)).map(({ id }) => id));
  const waiting: Flag[] =
    found.size === 0 ? [] : flags.filter((flag) => flag.overrides.some(({ segmentId }) => found.has(segmentId)));
  const dependents = dependentsByFlag(flags);
  const keys = new Set<string>();
  for (let flag = waiting.pop(); flag !== undefined; flag = waiting.pop()) {
    if (keys.has(flag.key)) continue;
    keys.add(flag.key);
    waiting.push(...(dependents.get(flag.id) ?? []));
  }
  return keys;
}

function dependsOnNow(segment: Segment, hasClock: boolean): boolean {
  for (const { operator, property, value } of conditionsOf([segment]))
    if (DATE_OPERATORS.includes(operator) && (value === NOW || (property === NOW && !hasClock))) return true;
  return false;
}

function dependentsByFlag(flags: readonly Flag[]): ReadonlyMap<number, readonly Flag[]> {
  const dependents = new Map<number, Flag[]>();
  for (const flag of flags)
    for (const { flagId } of flag.prerequisites ?? []) {
      const list = dependents.get(flagId);
      if (list === undefined) dependents.set(flagId, [flag]);
      else list.push(flag);
    }
  return dependents;
}

/** Without recursion, as nobody has counted how deep the rules are nested. */
function* conditionsOf(segments: readonly Segment[]): Generator<Condition, undefined> {
  const open: Rule[] = segments.flatMap(({ rules }) => rules);
  for (let rule = open.pop(); rule !== undefined; rule = open.pop()) {
    yield* rule.conditions;
    open.push(...rule.rules);
  }
}
