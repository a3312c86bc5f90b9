import type { Condition, Rule } from "@halyard/evaluator/model";
import { dateWords } from "./dates.ts";
import { isVersion, listOf, moduloOf, NOW, OPERATOR_WORDS, textOf, withoutVersion } from "./operators.ts";

/** A piece of a sentence; what is named is set strong. */
export interface Words {
  readonly text: string;
  readonly strong?: boolean;
}

const plain = (text: string): Words => ({ text });
const strong = (text: string): Words => ({ text, strong: true });
const MOST_MEMBERS = 6;

const PROPERTY_NAMES: Readonly<Record<string, string>> = {
  "$.identity.identifier": "identifier",
  "$.identity.key": "identity key",
  "$.environment.name": "environment",
  [NOW]: "the time",
};

/** A trait's own name, or what a path stands for. */
export const propertyName = (property: string): string => PROPERTY_NAMES[property] ?? (property === "" ? "…" : property);

/** The rules read aloud: "People whose **orders** is at least **10** and whose **country** is one of **DE, FR**". */
export function sentenceOf(rules: readonly Rule[]): readonly Words[] {
  if (rules.length === 0) return [plain("Nobody yet: a segment without rules has no members")];
  const clauses = rules.flatMap(clausesOf);
  return clauses.length === 0 ? [plain("Everyone")] : [plain("People "), ...join(clauses, "and")];
}

export const sentenceText = (words: readonly Words[]): string => words.map(({ text }) => text).join("");

type Clause = readonly Words[];

/** What must all hold for a group: its conditions and its groups are counted apart, as the evaluator does. */
function clausesOf(rule: Rule): readonly Clause[] {
  const conditions = rule.conditions.map(conditionClause);
  const groups = rule.rules.map((group) => join(clausesOf(group), "and")).filter((clause) => clause.length > 0);
  if (rule.type === "ALL") return [...conditions, ...groups];
  return [conditions, groups].filter((list) => list.length > 0).map((list) => quantified(rule.type, list));
}

function quantified(type: Rule["type"], clauses: readonly Clause[]): Clause {
  if (type === "NONE") {
    const [only] = clauses;
    return clauses.length === 1 && only ? [plain("not "), ...only] : [plain("neither "), ...join(clauses, "nor")];
  }
  return clauses.length === 1 ? (clauses[0] ?? []) : [plain("either "), ...join(clauses, "or")];
}

function join(clauses: readonly Clause[], word: "and" | "or" | "nor"): Clause {
  return clauses.flatMap((clause, index) => {
    if (index === 0) return clause;
    const isLast = index === clauses.length - 1;
    return [plain(isLast || word === "nor" ? ` ${word} ` : ", "), ...clause];
  });
}

/** One condition by itself: "**plan** is **pro**". */
export const conditionWords = (condition: Condition): readonly Words[] => clauseOf(condition, "");

const conditionClause = (condition: Condition): Clause => clauseOf(condition, "whose ");

function clauseOf(condition: Condition, whose: "whose " | ""): Clause {
  const words = comparisonWords(condition, subjectWords(condition, whose));
  return condition.ignoreCase ? [...words, plain(" regardless of case")] : words;
}

function subjectWords({ property, elements }: Condition, whose: "whose " | ""): Clause {
  if (property === NOW) return [plain(whose === "" ? "the time " : "while the time ")];
  const quantity = elements === undefined ? "" : `${elements === "any" ? "one" : "each"} of ${whose === "" ? "the " : ""}`;
  return [plain(quantity + whose), strong(propertyName(property)), plain(" ")];
}

function comparisonWords(condition: Condition, whose: Clause): Clause {
  const { operator, property } = condition;
  const label = OPERATOR_WORDS[operator].label;
  switch (OPERATOR_WORDS[operator].value) {
    case "none":
      return [...whose, plain(label)];
    case "list":
      return [...whose, plain(`${label} `), strong(members(listOf(condition.value)))];
    case "percent":
      return property === ""
        ? [plain("in a random "), strong(`${textOf(condition.value) || "…"} %`)]
        : [...whose, plain("falls in a random "), strong(`${textOf(condition.value) || "…"} %`), plain(" of its values")];
    case "modulo": {
      const { divisor, remainder } = moduloOf(condition.value);
      return [...whose, plain("divided by "), strong(divisor || "…"), plain(" leaves "), strong(remainder || "…")];
    }
    case "date":
      return [...whose, plain(`${label} `), strong(dateWords(textOf(condition.value)))];
    default:
      return [...whose, plain(`${label} `), ...valueWords(textOf(condition.value))];
  }
}

function valueWords(value: string): Clause {
  if (isVersion(value)) return [plain("version "), strong(withoutVersion(value) || "…")];
  return [strong(value === "" ? "…" : value)];
}

function members(list: readonly string[]): string {
  if (list.length === 0) return "…";
  const shown = list.slice(0, MOST_MEMBERS).join(", ");
  return list.length > MOST_MEMBERS ? `${shown} and ${(list.length - MOST_MEMBERS).toLocaleString("en")} more` : shown;
}
