import type { JsonValue } from "@halyard/evaluator/model";

interface FieldChange {
  readonly field: string;
  /** Undefined where there was none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Field by field what differs; what is no object is one field, "value". */
export function fieldChanges(before: JsonValue, after: JsonValue): readonly FieldChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field), after: now.get(field) }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: JsonValue): ReadonlyMap<string, string> {
  if (value === null) return new Map();
  if (typeof value !== "object" || Array.isArray(value)) return new Map([["value", textOf(value)]]);
  return new Map(Object.entries(value).map(([field, inner]) => [field, textOf(inner)]));
}

const textOf = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value, null, 1));
