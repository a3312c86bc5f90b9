import type { JsonValue } from "@halyard/evaluator/model";
import type { ItemOf } from "../../lib/queries.ts";

export type Revision = ItemOf<"revisions.list">;
export type FieldChange = Revision["changes"][number];

const number = new Intl.NumberFormat("en");
const list = new Intl.ListFormat("en-GB");
const MOST_LETTERS = 40;

/** `system:first start` is "First start"; people and programs have names. */
export const actorName = (actor: string): string => {
  const own = /^system:(.*)$/.exec(actor)?.[1];
  return own === undefined ? actor : own.charAt(0).toUpperCase() + own.slice(1);
};

/** A value before or after, short: `50`, `“Autumn sale”`, `none`. */
export function shortValue(value: JsonValue): string {
  if (value === null) return "none";
  const text = typeof value === "string" ? `“${value}”` : JSON.stringify(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;
}

const subjectOf = (revision: Revision, kind: string): string | undefined =>
  revision.subjects.find((subject) => subject.startsWith(`${kind}:`))?.slice(kind.length + 1);

const changeAt = (revision: Revision, path: string): FieldChange | undefined =>
  revision.changes.find((change) => change.path === path);

/** Everything but who and where, in the past tense: "turned on new-checkout". */
export function revisionSentence(revision: Revision): string {
  const flag = subjectOf(revision, "flag") ?? "a flag";
  const segment = subjectOf(revision, "segment") ?? "a segment";
  const identity = subjectOf(revision, "identity") ?? "an identity";
  switch (revision.kind) {
    case "environment.created":
      return "made the environment";
    case "environment.updated":
      return environmentSentence(revision);
    case "flag.created":
      return `made ${flag}`;
    case "flag.updated":
      return `edited ${flag}`;
    case "flag.state":
      return stateSentence(revision, flag);
    case "flag.prerequisites":
      return `changed what ${flag} requires`;
    case "flag.archived":
      return `archived ${flag}`;
    case "flag.restored":
      return `restored ${flag}`;
    case "flag.deleted":
      return `deleted ${flag}`;
    case "variant.created":
      return `added a variant to ${flag}`;
    case "variant.updated":
      return `changed a variant of ${flag}`;
    case "variant.deleted":
      return `removed a variant of ${flag}`;
    case "override.set":
      return overrideSentence(revision, { flag, segment });
    case "override.deleted":
      return `removed the rule for ${segment} from ${flag}`;
    case "override.reordered":
      return `put the rules of ${flag} in another order`;
    case "identity-override.set":
      return `gave ${identity} their own ${flag}`;
    case "identity-override.deleted":
      return `took back ${identity}’s own ${flag}`;
    case "identity.deleted":
      return `forgot the identity ${identity}`;
    case "segment.created":
      return `made the segment ${segment}`;
    case "segment.updated":
      return `changed the segment ${segment}`;
    case "segment.list":
      return `changed a list of the segment ${segment}`;
    case "segment.deleted":
      return `deleted the segment ${segment}`;
    case "key.created":
      return `made ${keyWords(revision)}`;
    case "key.rotated":
      return `rotated ${keyWords(revision)}`;
    case "key.revoked":
      return `revoked ${keyWords(revision)}`;
    case "project.updated":
      return "changed the project’s settings";
    case "organisation.updated":
      return "renamed the organisation";
    case "clock":
      return `let a date of ${revision.subjects.filter((it) => it.startsWith("segment:")).length > 1 ? "several segments" : segment} pass`;
    case "import":
      return `imported ${number.format(revision.subjects.length)} ${revision.subjects.length === 1 ? "thing" : "things"}`;
  }
}

const keyWords = (revision: Revision): string => {
  const name = subjectOf(revision, "key");
  return name === undefined ? "a key" : `the key ${name}`;
};

/** What a setting of an environment does, when it is turned on and when it is turned off. */
const SETTINGS: Readonly<Record<string, readonly [on: string, off: string]>> = {
  hideDisabledFlags: ["hid flags that are off from clients", "let clients see flags that are off"],
  allowClientTraits: ["let clients set traits", "kept clients from setting traits"],
  hideSensitiveData: ["hid sensitive data from clients", "let clients see sensitive data"],
};

function environmentSentence(revision: Revision): string {
  const clauses = revision.changes.flatMap(({ path, after }) => {
    if (path === "name") return [`renamed the environment to ${shortValue(after)}`];
    const words = SETTINGS[path];
    return words ? [words[after === true ? 0 : 1]] : [];
  });
  return clauses.length === 0 ? "changed the environment’s settings" : list.format(clauses);
}

function stateSentence(revision: Revision, flag: string): string {
  const enabled = changeAt(revision, "enabled");
  const value = revision.changes.find(({ path }) => path === "value" || path.startsWith("value."));
  const turned = enabled && (enabled.after === true ? "turned on" : "turned off");
  if (turned && revision.changes.length === 1) return `${turned} ${flag}`;
  if (turned) return `${turned} ${flag} and changed what it gives`;
  if (value?.path === "value") return `changed ${flag} from ${shortValue(value.before)} to ${shortValue(value.after)}`;
  if (value) return `changed the value of ${flag}`;
  return `changed the shares of ${flag}`;
}

function overrideSentence(revision: Revision, { flag, segment }: { readonly flag: string; readonly segment: string }): string {
  const made = changeAt(revision, `overrides.${segment}`);
  if (made) return `gave ${segment} a rule of its own in ${flag}`;
  const value = changeAt(revision, `overrides.${segment}.value`);
  const enabled = changeAt(revision, `overrides.${segment}.enabled`);
  if (enabled) return `turned ${flag} ${enabled.after === true ? "on" : "off"} for ${segment}`;
  if (value) return `changed ${flag} for ${segment} from ${shortValue(value.before)} to ${shortValue(value.after)}`;
  return `changed ${flag} for ${segment}`;
}

const WORDS: Readonly<Record<string, string>> = {
  enabled: "state",
  value: "value",
  valueType: "type",
  serverOnly: "server-only",
  description: "description",
  variants: "variant",
  weight: "share",
  overrides: "rule for",
  prerequisites: "requires",
  variant: "variant",
  bucketBy: "placed by",
  clock: "clock",
  priority: "place",
  rules: "rules",
  name: "name",
  hideDisabledFlags: "hides flags that are off",
  allowClientTraits: "clients may set traits",
  hideSensitiveData: "hides sensitive data",
};

/** `overrides.loyal-customers.value` is "rule for loyal-customers · value". */
export function fieldName(path: string): string {
  if (path === "") return "everything";
  const [first = "", ...rest] = path.split(".");
  const head = WORDS[first] ?? first;
  const isNamed = first === "overrides" || first === "variants" || first === "prerequisites";
  if (!isNamed || rest.length === 0) return [head, ...rest].join(" · ");
  const [name = "", ...fields] = rest;
  return [`${head} ${name}`, ...fields.map((field) => WORDS[field] ?? field)].join(" · ");
}

/** Booleans of state read as people say them. */
export function fieldValue(change: Pick<FieldChange, "path">, value: JsonValue): string {
  if (value === null) return "none";
  if (change.path === "enabled" || change.path.endsWith(".enabled")) return value === true ? "on" : "off";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (change.path.endsWith(".weight") && typeof value === "number") return `${value} %`;
  if (typeof value === "string") return value === "" ? "empty" : value;
  return JSON.stringify(value, null, typeof value === "object" ? 2 : 0);
}
