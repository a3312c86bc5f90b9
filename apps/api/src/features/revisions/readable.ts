import { createHash } from "node:crypto";
import type {
  Condition,
  EnvironmentSettings,
  Flag,
  FlagState,
  IdentityOverrides,
  JsonValue,
  Rule,
  Segment,
} from "@halyard/evaluator/model";
import type { EditedList } from "./request.ts";

/** One field of one thing, before and after, as history shows it. */
export interface Change {
  readonly subject: string;
  readonly path: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** The touched part of an environment at one moment. */
export interface Part {
  readonly settings: EnvironmentSettings | undefined;
  readonly flags: readonly Flag[];
  readonly segments: readonly Segment[];
  readonly identities: readonly IdentityOverrides[];
}

export interface Names {
  readonly flag: (id: number) => string;
  readonly segment: (id: number) => string;
}

/** Field by field what differs between two parts. */
export function changesBetween(before: Part, after: Part, names: Names): Change[] {
  const old = readable(before, names);
  const now = readable(after, names);
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((subject) => {
    const changes: Change[] = [];
    collect({ before: old.get(subject) ?? null, after: now.get(subject) ?? null }, (path, { before, after }) =>
      changes.push({ subject, path: path.join("."), before, after }),
    );
    return changes;
  });
}

function readable(part: Part, names: Names): Map<string, JsonValue> {
  const things = new Map<string, JsonValue>();
  if (part.settings) {
    const { name, hideDisabledFlags, allowClientTraits, hideSensitiveData } = part.settings;
    things.set("environment", { name, hideDisabledFlags, allowClientTraits, hideSensitiveData });
  }
  for (const flag of part.flags) things.set(`flag:${flag.key}`, readableFlag(flag, names));
  for (const segment of part.segments)
    things.set(`segment:${segment.key}`, { name: segment.name, rules: plain(segment.rules.map(readableRule)) });
  for (const { identifier, overrides } of part.identities) {
    things.set(`identity:${identifier}`, Object.fromEntries(overrides.map((it) => [names.flag(it.flagId), readableState(it)])));
  }
  return things;
}

function readableFlag(flag: Flag, names: Names): JsonValue {
  return {
    ...readableState(flag),
    valueType: flag.valueType,
    serverOnly: flag.serverOnly,
    description: flag.metadata.description,
    prerequisites: readablePrerequisites(flag, names),
    overrides: Object.fromEntries(
      flag.overrides.map((it) => [names.segment(it.segmentId), { ...readableState(it), priority: it.priority }]),
    ),
  };
}

/** By the flag that is required, so that each requirement is a change of its own. */
const readablePrerequisites = ({ prerequisites = [] }: Flag, names: Names) =>
  Object.fromEntries(prerequisites.map(({ flagId, enabled, variant = null }) => [names.flag(flagId), { enabled, variant }]));

function readableState(state: FlagState) {
  return {
    enabled: state.enabled,
    value: state.value,
    bucketBy: state.bucketBy ?? null,
    variants: Object.fromEntries(state.variants.map((it) => [it.key ?? `#${it.id}`, { value: it.value, weight: it.weight }])),
  };
}

/** Items of a list that history shows. */
const MOST_ITEMS = 20;

const readableRule = (rule: Rule): Rule => ({
  ...rule,
  conditions: rule.conditions.map(readableCondition),
  rules: rule.rules.map(readableRule),
});

/** A long list is told by its beginning, its length and a mark that differs where the lists do: history must not hold it once more. */
function readableCondition(condition: Condition): Condition {
  const { value } = condition;
  if (typeof value === "string" || value.length <= 5 * MOST_ITEMS) return condition;
  const mark = createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 8);
  return { ...condition, value: [...value.slice(0, MOST_ITEMS), `… ${value.length} items (${mark})`] };
}

/** What was added to lists and removed from them. */
export const listChanges = ({ key, lists }: EditedList): Change[] =>
  lists.flatMap(({ path, added, removed }) => {
    const place = { subject: `segment:${key}`, path: `${placeOf(path)}.value` };
    return [
      ...(removed.length > 0 ? [{ ...place, path: `${place.path}.removed`, before: beginning(removed), after: null }] : []),
      ...(added.length > 0 ? [{ ...place, path: `${place.path}.added`, before: null, after: beginning(added) }] : []),
    ];
  });

const beginning = (items: readonly string[]): string[] =>
  items.length <= MOST_ITEMS ? [...items] : [...items.slice(0, MOST_ITEMS), `… ${items.length} items`];

/** `[0, 2, 1]` as the place is named in messages: `rules.0.rules.2.conditions.1`. */
export const placeOf = (path: readonly number[]): string =>
  path.map((place, index) => `${index === path.length - 1 ? "conditions" : "rules"}.${place}`).join(".");

/** Other revisions move the clock on, too; only this kind is about it. */
export function clockChanges(before: Part, after: Part): Change[] {
  const iso = ({ settings }: Part) => (settings?.clock === undefined ? null : new Date(settings.clock).toISOString());
  if (iso(before) === iso(after)) return [];
  return [{ subject: "environment", path: "clock", before: iso(before), after: iso(after) }];
}

/** Model types are JSON by construction; the checker cannot see that of interfaces. */
const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

type Pair = Pick<Change, "before" | "after">;
type Visit = (path: readonly string[], pair: Pair) => void;

function collect(pair: Pair, visit: Visit, path: readonly string[] = []): void {
  const { before, after } = pair;
  if (isObject(before) && isObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      collect({ before: before[key] ?? null, after: after[key] ?? null }, visit, [...path, key]);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) visit(path, pair);
}

const isObject = (value: JsonValue): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
