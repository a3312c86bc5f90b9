import { LIMITS } from "@halyard/contracts";
import type { JsonValue } from "@halyard/evaluator/model";
import { RE2JS } from "re2js";
import { invalid } from "../../errors.ts";

/** Checked by libraries made for it; the other formats of the draft would be taken for granted. */
export const FORMATS = ["date", "time", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"] as const;

type Kind = "one" | "list" | "map" | "plain";
const kinds = (kind: Kind, words: string) => words.split(" ").map((word) => [word, kind] as const);

/** Draft 2020-12 without dynamic references: what stands behind each keyword. */
const KEYWORDS: ReadonlyMap<string, Kind> = new Map([
  ...kinds("one", "additionalProperties items contains not if then else propertyNames unevaluatedItems unevaluatedProperties"),
  ...kinds("list", "allOf anyOf oneOf prefixItems"),
  ...kinds("map", "properties patternProperties $defs dependentSchemas"),
  ...kinds("plain", "type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern"),
  ...kinds("plain", "maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required format"),
  ...kinds("plain", "dependentRequired $ref $anchor $comment title description default deprecated readOnly writeOnly examples"),
]);

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["$id", "Only the outermost schema may have an `$id`."],
  ["$schema", "Only the outermost schema may name its draft, which is https://json-schema.org/draft/2020-12/schema."],
  ["definitions", "Use `$defs`; this is draft 2020-12."],
  ["dependencies", "Use `dependentSchemas` or `dependentRequired`; this is draft 2020-12."],
  ["$dynamicRef", "Use `$ref`."],
  ["$recursiveRef", "Use `$ref`."],
]);

interface Found {
  count: number;
  /** Where `$ref` may lead, and what leads where. */
  readonly places: Set<string>;
  readonly refs: { readonly path: string; readonly ref: string }[];
}

/** What the draft allows and Halyard does not, and what no schema's schema can see. @throws AppError `invalid` naming the place */
export function checkKeywords(schema: JsonValue, path: string): void {
  const found: Found = { count: 0, places: new Set(), refs: [] };
  visit(schema, { path, pointer: "#" }, found);
  for (const it of found.refs) {
    if (!it.ref.startsWith("#")) {
      throw invalid(it.path, "Refer within the schema, as in `#/$defs/price`; nothing is fetched from elsewhere.");
    }
    if (!found.places.has(decode(it.ref))) throw invalid(it.path, `There is no schema at \`${it.ref.slice(0, 100)}\`.`);
  }
}

interface Place {
  readonly path: string;
  /** JSON Pointer as a fragment, without percent escapes. */
  readonly pointer: string;
}

function visit(schema: JsonValue, at: Place, found: Found): void {
  found.count++;
  if (found.count > LIMITS.subschemas) throw invalid(at.path, `Use at most ${LIMITS.subschemas} schemas within one.`);
  found.places.add(at.pointer);
  if (!isObject(schema)) return;
  for (const [keyword, value] of Object.entries(schema)) {
    const place = below(at, keyword);
    const kind = KEYWORDS.get(keyword);
    if (!kind) throw invalid(place.path, INSTEAD.get(keyword) ?? `JSON Schema 2020-12 has no keyword \`${keyword}\`.`);
    if (kind === "one") visit(value, place, found);
    else if (kind !== "plain" && typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        if (keyword === "patternProperties") checkPattern(name, below(place, name).path);
        visit(inner, below(place, name), found);
      }
    } else if (typeof value === "string") checkText(keyword, value, { place, found });
  }
}

function checkText(keyword: string, text: string, { place, found }: { readonly place: Place; readonly found: Found }): void {
  if (keyword === "pattern") checkPattern(text, place.path);
  if (keyword === "$anchor") found.places.add(`#${text}`);
  if (keyword === "$ref") found.refs.push({ path: place.path, ref: text });
  if (keyword === "format" && !FORMATS.some((it) => it === text)) {
    throw invalid(place.path, `This format is not checked here; use one of ${FORMATS.join(", ")}, or a \`pattern\`.`);
  }
}

/** In time linear in the text. @throws RE2's refusal */
export function toMatcher(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  return (text) => compiled.matcher(text).find();
}

function checkPattern(pattern: string, path: string): void {
  try {
    toMatcher(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(path, `RE2 refuses this pattern (${reason.slice(0, 200)}). It has no look-around and no back-references.`);
  }
}

const below = ({ path, pointer }: Place, name: string): Place => ({
  path: `${path}.${name}`,
  pointer: `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
});

function decode(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    // Not percent-encoded after all; then it is no place either.
    return ref;
  }
}

const isObject = (value: JsonValue): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
