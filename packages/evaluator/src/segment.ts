import { type ConditionScope, compileCondition, type Extensions, never, type Predicate } from "./match.ts";
import type { Condition, Rule, RuleType, Segment, Snapshot } from "./model.ts";
import type { Subject } from "./subject.ts";

/** Rules nested deeper than this are refused; Flagsmith's own stop at 2. */
export const MAX_RULE_DEPTH = 64;

export interface CompiledSegment {
  readonly source: Segment;
  readonly matches: Predicate;
  /** The evaluation that `answer` belongs to: a segment is decided once for all flags of one evaluation. */
  turn: number;
  answer: boolean;
}

/** Is told what each rule and condition was compiled to. */
export type Recorder = (part: Rule | Condition, predicate: Predicate) => Predicate;

interface RuleScope extends ConditionScope {
  readonly record: Recorder;
}

const keepNoRecord: Recorder = (_part, predicate) => predicate;

export function compileSegment(source: Segment, extensions: Extensions, record: Recorder = keepNoRecord): CompiledSegment {
  const matches =
    source.rules.length === 0 || isTooDeep(source.rules, MAX_RULE_DEPTH)
      ? never
      : every(source.rules.map((rule) => compileRule(rule, { ...extensions, seed: source.seed, record })));
  return { source, matches, turn: 0, answer: false };
}

export function isInSegment(segment: CompiledSegment, subject: Subject): boolean {
  if (segment.turn === subject.turn) return segment.answer;
  const answer = segment.matches(subject);
  segment.turn = subject.turn;
  segment.answer = answer;
  return answer;
}

/** Whether any condition has a pattern, so that a program can load a regex engine only when it needs one. */
export function needsRegex(snapshot: Snapshot): boolean {
  return snapshot.segments.some((segment) => !isTooDeep(segment.rules, MAX_RULE_DEPTH) && segment.rules.some(hasRegex));
}

function hasRegex(rule: Rule): boolean {
  return rule.conditions.some(({ operator }) => operator === "REGEX" || operator === "NOT_REGEX") || rule.rules.some(hasRegex);
}

function isTooDeep(rules: readonly Rule[], levels: number): boolean {
  return rules.length > 0 && (levels === 0 || rules.some((rule) => isTooDeep(rule.rules, levels - 1)));
}

/** Conditions and sub-rules are quantified apart, and both must hold; a rule of neither holds. */
function compileRule(rule: Rule, scope: RuleScope): Predicate {
  const parts: Predicate[] = [];
  if (rule.conditions.length > 0)
    parts.push(
      quantify(
        rule.type,
        rule.conditions.map((condition) => scope.record(condition, compileCondition(condition, scope))),
      ),
    );
  if (rule.rules.length > 0)
    parts.push(
      quantify(
        rule.type,
        rule.rules.map((nested) => compileRule(nested, scope)),
      ),
    );
  return scope.record(rule, every(parts));
}

function quantify(type: RuleType, parts: readonly Predicate[]): Predicate {
  if (type === "ALL") return every(parts);
  const any = some(parts);
  return type === "ANY" ? any : (subject) => !any(subject);
}

function every(parts: readonly Predicate[]): Predicate {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return (subject) => {
    for (const part of parts) if (!part(subject)) return false;
    return true;
  };
}

function some(parts: readonly Predicate[]): Predicate {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return (subject) => {
    for (const part of parts) if (part(subject)) return true;
    return false;
  };
}
