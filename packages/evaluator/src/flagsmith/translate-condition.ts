import { foldCase } from "../fold.ts";
import { listOf } from "../members.ts";
import type { Condition, Operator, Rule } from "../model.ts";
import { patternOf } from "./literals.ts";

type Part = Condition | Rule;

/** Longer lists make patterns that no engine is happy with. */
const MOST_ALTERNATIVES = 200;

const LINE_ENDS = ["\n", "\r", "\u0085", "\u2028", "\u2029"];
const FLAGSMITHS: readonly Operator[] = [
  "EQUAL",
  "NOT_EQUAL",
  "GREATER_THAN",
  "GREATER_THAN_INCLUSIVE",
  "LESS_THAN",
  "LESS_THAN_INCLUSIVE",
  "CONTAINS",
  "NOT_CONTAINS",
  "IN",
  "REGEX",
  "MODULO",
  "PERCENTAGE_SPLIT",
  "IS_SET",
  "IS_NOT_SET",
];

/** A condition in Flagsmith's operators: one, or a rule of several; `undefined` where they cannot say the same. */
export function translateCondition(condition: Condition): Part | undefined {
  const { operator, property, value, elements } = condition;
  if (elements !== undefined) return undefined;
  const plain = { operator, property, value };
  if (condition.ignoreCase === true) {
    const folded = translateFolded(plain);
    if (folded !== "as it is") return folded;
  }
  if (FLAGSMITHS.includes(operator)) return plain;
  const text = typeof value === "string" ? value : undefined;
  switch (operator) {
    case "NOT_IN":
      return unless(plain, { ...plain, operator: "IN" });
    case "NOT_REGEX":
      // A pattern that is refused holds for nobody, but is refused where it is written.
      return text === undefined ? undefined : unless(plain, { ...plain, operator: "REGEX" });
    default:
      return text === undefined ? undefined : translateAffix(plain, text, { ignoreCase: false });
  }
}

function translateFolded(condition: Condition): Part | undefined | "as it is" {
  const { operator, value } = condition;
  if (operator === "IN" || operator === "NOT_IN") {
    const list = foldedIn(condition, typeof value === "string" ? listOf(value) : value);
    return list && (operator === "IN" ? list : unless(condition, list));
  }
  if (typeof value !== "string") return undefined;
  const affix = translateAffix(condition, value, { ignoreCase: true });
  if (affix !== undefined) return affix;
  const folded = foldCase(value);
  const isText = { ...condition, operator: "CONTAINS", value: "" } as const;
  switch (operator) {
    case "EQUAL":
    case "NOT_EQUAL": {
      const plain = { ...condition, value: folded };
      if (folded === "") return plain;
      const same = /:semver$|^-?inf$|^nan$/.test(folded) ? undefined : whole(condition, patternOf(value, { ignoreCase: true }));
      return same && (operator === "EQUAL" ? any(plain, same) : all(plain, none(same)));
    }
    case "CONTAINS":
    case "NOT_CONTAINS": {
      if (folded.endsWith(":semver")) return undefined;
      const found = pattern(condition, `^[\\s\\S]*${patternOf(value, { ignoreCase: true })}`);
      return operator === "CONTAINS" ? all(isText, found) : all(isText, none(found));
    }
    default:
      return "as it is";
  }
}

/** A whole number is in a list by its digits, which have no case; a text by a pattern, which must not see a boolean's text. */
function foldedIn(condition: Condition, list: readonly string[]): Part | undefined {
  if (list.length > MOST_ALTERNATIVES) return undefined;
  const exact: Condition = { ...condition, operator: "IN", value: list.map(foldCase) };
  const alternatives = list.map((text) => patternOf(text, { ignoreCase: true })).join("|");
  const same = list.some(hasLineEnd) ? undefined : whole(condition, `(?:${alternatives})`);
  return same && any(exact, all({ ...condition, operator: "CONTAINS", value: "" }, same));
}

function translateAffix(condition: Condition, text: string, how: { readonly ignoreCase: boolean }): Part | undefined {
  const affix = patternOf(text, how);
  switch (condition.operator) {
    case "STARTS_WITH":
      return startsWith(condition, affix);
    case "NOT_STARTS_WITH":
      return unless(condition, startsWith(condition, affix));
    case "ENDS_WITH":
      return endsWith(condition, affix);
    case "NOT_ENDS_WITH": {
      const ends = endsWith(condition, affix);
      return ends && unless(condition, ends);
    }
    default:
      return undefined;
  }
}

function startsWith(condition: Condition, affix: string): Condition {
  return affix === "" ? isSet(condition) : pattern(condition, `^${affix}`);
}

function endsWith(condition: Condition, affix: string): Part | undefined {
  return affix === "" ? isSet(condition) : whole(condition, `[\\s\\S]*${affix}`);
}

/** In some engines `$` also matches before a line feed at the end: texts that end with one are left out, and must not be meant. */
function whole(condition: Condition, expression: string): Rule | undefined {
  if (hasLineEnd(expression)) return undefined;
  return all(pattern(condition, `^${expression}$`), none(pattern(condition, `^[\\s\\S]*[${LINE_ENDS.join("")}]$`)));
}

function hasLineEnd(text: string): boolean {
  return LINE_ENDS.some((end) => text.includes(end));
}

function pattern({ property }: Condition, value: string): Condition {
  return { operator: "REGEX", property, value };
}

function isSet({ property }: Condition): Condition {
  return { operator: "IS_SET", property, value: "" };
}

/** What is not set does not pass the opposite of a condition either. */
function unless(condition: Condition, part: Part): Rule {
  return all(isSet(condition), none(part));
}

function all(...parts: readonly Part[]): Rule {
  return ruleOf("ALL", parts);
}

function none(...parts: readonly Part[]): Rule {
  return ruleOf("NONE", parts);
}

/** Conditions and rules of one rule must both hold, so that one of either needs them to be of one kind. */
function any(...parts: readonly Part[]): Rule {
  return { type: "ANY", conditions: [], rules: parts.map(asRule) };
}

function ruleOf(type: Rule["type"], parts: readonly Part[]): Rule {
  return { type, conditions: parts.flatMap((part) => (isRule(part) ? [] : part)), rules: parts.filter(isRule) };
}

export function asRule(part: Part): Rule {
  return isRule(part) ? part : all(part);
}

export function isRule(part: Part): part is Rule {
  return "conditions" in part;
}
