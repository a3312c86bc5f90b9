import type { EnvironmentSettings, Flag, FlagState, IdentityOverrides, JsonValue, Segment } from "@halyard/evaluator/model";

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
  for (const segment of part.segments) things.set(`segment:${segment.key}`, { name: segment.name, rules: plain(segment.rules) });
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
    overrides: Object.fromEntries(
      flag.overrides.map((it) => [names.segment(it.segmentId), { ...readableState(it), priority: it.priority }]),
    ),
  };
}

function readableState(state: FlagState) {
  return {
    enabled: state.enabled,
    value: state.value,
    variants: Object.fromEntries(state.variants.map((it) => [it.key ?? `#${it.id}`, { value: it.value, weight: it.weight }])),
  };
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
