import type { AttributeScalar, AttributeValue, Condition, Context, RegexEngine, Rule } from "@halyard/evaluator";
import { compile, segmentsOf } from "@halyard/evaluator";
import { furtherOperators } from "@halyard/evaluator/operators";
import { conditionsOf, mapConditions } from "./rules.ts";

/** Whether a context is in the segment; a share of everyone is decided by the server's seed alone. */
export type Verdict = "in" | "out" | "by-share";

/** What a browser has no seed for is tried both ways, as long as that stays quick. */
const MOST_SHARES = 8;

const NEVER: Condition = { operator: "IS_SET", property: "$.none", value: "" };
const ALWAYS: Condition = { operator: "IS_NOT_SET", property: "$.none", value: "" };

// Patterns RE2 refuses: the server takes none of them, so they match nothing here either.
const NOT_LINEAR = /\(\?<?[=!]|\\[1-9]/;

/** The browser's own engine, anchored at the start as the server's is. */
const browserRegex: RegexEngine = (pattern) => {
  if (NOT_LINEAR.test(pattern)) return undefined;
  try {
    const expression = new RegExp(`^(?:${pattern})`, "u");
    return (value) => expression.test(value);
  } catch {
    // No pattern yet, for example while it is being typed.
    return undefined;
  }
};

function isIn(rules: readonly Rule[], { context, environment }: Sample): boolean {
  const compiled = compile(
    {
      environment: {
        id: 1,
        name: environment,
        bucketingKey: "",
        project: { id: 1, name: "" },
        organisation: { id: 1, name: "" },
        hideDisabledFlags: false,
        allowClientTraits: true,
        hideSensitiveData: false,
      },
      flags: [],
      segments: [{ id: 1, key: "tried", name: "tried", seed: "1", rules }],
    },
    { regex: browserRegex, operators: furtherOperators },
  );
  return segmentsOf(compiled, { now: Date.now(), ...context }).length > 0;
}

export interface Sample {
  readonly context: Context;
  /** Name of the environment, for rules that look at it. */
  readonly environment: string;
}

export function verdictOf(rules: readonly Rule[], sample: Sample): Verdict {
  const isShare = ({ operator }: Condition) => operator === "PERCENTAGE_SPLIT";
  const shares = conditionsOf(rules).filter(isShare).length;
  if (shares > MOST_SHARES) return "by-share";

  const answers = new Set(
    Array.from({ length: 2 ** shares }, (_, bits) => {
      let at = 0;
      const decided = mapConditions(rules, (condition) =>
        isShare(condition) ? ((bits >> at++) & 1 ? ALWAYS : NEVER) : condition,
      );
      return isIn(decided, sample);
    }),
  );
  if (answers.size > 1) return "by-share";
  return answers.has(true) ? "in" : "out";
}

/** One condition on its own. */
export const conditionVerdict = (condition: Condition, sample: Sample): Verdict =>
  verdictOf([{ type: "ALL", conditions: [condition], rules: [] }], sample);

type Typed = Exclude<AttributeScalar, null>;

/** What somebody typed as a trait's value: `true`, `12.5`, `["a", "b"]` and text; quotes make text of anything. */
export function readTyped(text: string): Typed | Typed[] {
  const trimmed = text.trim();
  const list = readList(trimmed);
  if (list) return list;
  if (trimmed === "true" || trimmed === "false") return trimmed === "true";
  const quoted = /^"(.*)"$/s.exec(trimmed)?.[1];
  if (quoted !== undefined) return quoted;
  return trimmed !== "" && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(trimmed) && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}

/** A list as JSON writes it; what only looks like one stays text. */
function readList(text: string): Typed[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every(isTyped) ? list : undefined;
  } catch {
    return undefined;
  }
}

const isTyped = (value: unknown): value is Typed => ["string", "number", "boolean"].includes(typeof value);

/** The other way round: text that reads back as the same value. */
export function writeTyped(value: AttributeValue): string {
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return typeof value === "string" && readTyped(value) !== value ? `"${value}"` : String(value ?? "");
}
