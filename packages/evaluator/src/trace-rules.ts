import { boundOf, momentOf } from "./dates.ts";
import {
  compileRead,
  compileTest,
  type Extensions,
  type Given,
  isList,
  never,
  type Predicate,
  splitLimit,
  splitPlace,
  type Test,
} from "./match.ts";
import { type Condition, DATE_OPERATORS, type Rule } from "./model.ts";
import { takeScalar } from "./property.ts";
import { type CompiledSegment, compileSegment } from "./segment.ts";
import type { Subject } from "./subject.ts";
import type { ConditionTrace, RuleTrace } from "./trace.ts";

type Part = Rule | Condition;
/** Kept as long as the compiled segment: whoever asks once asks again. */
const recorded = new WeakMap<CompiledSegment, ReadonlyMap<Part, Predicate>>();

function predicatesOf(segment: CompiledSegment, extensions: Extensions): ReadonlyMap<Part, Predicate> {
  const known = recorded.get(segment);
  if (known !== undefined) return known;
  const predicates = new Map<Part, Predicate>();
  compileSegment(segment.source, extensions, (part, predicate) => {
    predicates.set(part, predicate);
    return predicate;
  });
  recorded.set(segment, predicates);
  return predicates;
}

/** The verdicts on all parts of a segment, by the code that evaluates, asked one by one. */
export function traceRules(segment: CompiledSegment, subject: Subject, extensions: Extensions): readonly RuleTrace[] {
  const predicates = predicatesOf(segment, extensions);
  const { seed, rules } = segment.source;
  const scope = { ...extensions, seed };
  const holds = (part: Part): boolean => (predicates.get(part) ?? never)(subject);
  const traceRule = (rule: Rule): RuleTrace => ({
    type: rule.type,
    matches: holds(rule),
    conditions: rule.conditions.map((condition) => {
      const given = compileRead(condition)(subject);
      return {
        condition,
        given: isList(given) ? given.map(takeScalar) : given,
        matches: holds(condition),
        elements: isList(given) ? verdictsOn(given, compileTest(condition, scope), subject) : null,
        moments: momentsOf(condition, given, subject),
        split: splitOf(condition, seed, given),
      };
    }),
    rules: rule.rules.map(traceRule),
  });
  // Nothing was compiled of a segment that is nested too deep, and nothing of it can be walked.
  return predicates.size === 0 ? [] : rules.map(traceRule);
}

function verdictsOn(elements: readonly unknown[], test: Test | undefined, subject: Subject): ConditionTrace["elements"] {
  return elements.map((element) => {
    const value = takeScalar(element);
    return value !== null && test !== undefined && test(value, subject);
  });
}

function momentsOf(condition: Condition, given: Given | null, subject: Subject): ConditionTrace["moments"] {
  if (!DATE_OPERATORS.includes(condition.operator)) return null;
  return {
    given: given === null || isList(given) ? null : momentOf(given),
    bound: boundOf(condition)?.(subject) ?? null,
  };
}

function splitOf({ operator, value }: Condition, seed: string, given: Given | null): ConditionTrace["split"] {
  if (operator !== "PERCENTAGE_SPLIT" || given === null || isList(given)) return null;
  return { place: splitPlace(seed, given), limit: typeof value === "string" ? (splitLimit(value) ?? null) : null };
}
