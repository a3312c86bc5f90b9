import { editList } from "./members.ts";
import type { Condition, ListEdit, Rule, Segment, SegmentListEdit } from "./model.ts";

/**
 * The segment after an edit of its lists. Costs what was edited, but for a copy of each list.
 *
 * @returns `undefined` where the edit does not fit: the segment is at another version, or has no list in that place
 */
export function editSegment(segment: Segment, edit: SegmentListEdit): Segment | undefined {
  if (segment.version !== edit.from) return undefined;
  let { rules } = segment;
  for (const list of edit.lists) {
    const edited = editRules(rules, list, 0);
    if (edited === undefined) return undefined;
    rules = edited;
  }
  return { ...segment, rules, version: edit.to };
}

/**
 * What makes the lists of one version of a segment into those of the next: to be stored and sent in place of the segment.
 * The next version must be stored as {@link editSegment} makes it, as added items come last.
 *
 * @returns `undefined` where more than lists differ
 */
export function listEdits(before: Segment, after: Segment): readonly ListEdit[] | undefined {
  if (before.key !== after.key || before.name !== after.name || before.seed !== after.seed) return undefined;
  return editsOfRules(before.rules, after.rules, []);
}

function editRules(rules: readonly Rule[], edit: ListEdit, level: number): readonly Rule[] | undefined {
  const position = edit.path[level] ?? -1;
  const rule = rules[position];
  if (rule === undefined) return undefined;
  const isLast = level === edit.path.length - 2;
  const edited = isLast ? editConditions(rule, edit) : editNested(rule, edit, level);
  return edited && rules.with(position, edited);
}

function editNested(rule: Rule, edit: ListEdit, level: number): Rule | undefined {
  const rules = editRules(rule.rules, edit, level + 1);
  return rules && { ...rule, rules };
}

function editConditions(rule: Rule, edit: ListEdit): Rule | undefined {
  const position = edit.path.at(-1) ?? -1;
  const condition = rule.conditions[position];
  if (condition === undefined || typeof condition.value === "string") return undefined;
  return { ...rule, conditions: rule.conditions.with(position, editList(condition, condition.value, edit)) };
}

function editsOfRules(before: readonly Rule[], after: readonly Rule[], path: readonly number[]): ListEdit[] | undefined {
  if (before.length !== after.length) return undefined;
  const edits: ListEdit[] = [];
  for (const [i, rule] of before.entries()) {
    const next = after[i];
    if (next?.type !== rule.type || next.conditions.length !== rule.conditions.length) return undefined;
    const nested = editsOfRules(rule.rules, next.rules, [...path, i]);
    if (nested === undefined) return undefined;
    edits.push(...nested);
    for (const [n, condition] of rule.conditions.entries()) {
      const other = next.conditions[n];
      if (other === undefined || !isAlike(condition, other)) return undefined;
      if (typeof condition.value === "string" || typeof other.value === "string") {
        if (condition.value !== other.value) return undefined;
        continue;
      }
      const edit = difference(condition.value, other.value);
      if (edit.added.length + edit.removed.length > 0) edits.push({ path: [...path, i, n], ...edit });
    }
  }
  return edits;
}

function isAlike(a: Condition, b: Condition): boolean {
  return a.operator === b.operator && a.property === b.property && a.ignoreCase === b.ignoreCase && a.elements === b.elements;
}

function difference(before: readonly string[], after: readonly string[]): Omit<ListEdit, "path"> {
  const [old, now] = [new Set(before), new Set(after)];
  return { added: [...now].filter((text) => !old.has(text)), removed: [...old].filter((text) => !now.has(text)) };
}
