import {
  CASE_OPERATORS,
  type Condition,
  DATE_OPERATORS,
  LIST_OPERATORS,
  OPERATORS,
  RULE_TYPES,
  type Rule,
} from "@halyard/evaluator/model";
import { parseInstant, parseRange } from "@halyard/evaluator/operators";
import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { inProject, ofSegment, page, pageOf, projectWrite } from "./scope.ts";
import { description, id, instant, name, slug, text, version } from "./text.ts";

export const condition: z.ZodType<Condition> = z
  .strictObject({
    operator: z.enum(OPERATORS),
    property: text(LIMITS.conditionProperty),
    value: z.union([text(LIMITS.conditionValue), z.array(text(LIMITS.conditionValue)).max(LIMITS.listItems)]).default(""),
    ignoreCase: z.boolean().exactOptional(),
    elements: z.enum(["any", "all"]).exactOptional(),
  })
  .superRefine((it, context) => {
    for (const [member, message] of faultsOf(it)) context.addIssue({ code: "custom", path: [member], message });
  });

function* faultsOf(it: Condition): Generator<[member: keyof Condition, message: string]> {
  const { operator, property, value } = it;
  if (property === "" && operator !== "PERCENTAGE_SPLIT")
    yield ["property", "Name a trait; only PERCENTAGE_SPLIT may leave it blank."];
  if (property === "$.now" && !DATE_OPERATORS.includes(operator))
    yield ["property", `\`$.now\` is for ${DATE_OPERATORS.join(", ")}.`];
  if (it.ignoreCase !== undefined && !CASE_OPERATORS.includes(operator))
    yield ["ignoreCase", "Only operators that compare text can ignore case; a pattern can begin with `(?i)`."];
  if (it.elements !== undefined && operator === "PERCENTAGE_SPLIT") yield ["elements", "A list has no place in a split."];
  const message = typeof value === "string" ? valueFault(it, value) : LIST_OPERATORS.includes(operator) ? undefined : ONLY_LISTS;
  if (message !== undefined) yield ["value", message];
}

const ONLY_LISTS = `Only ${LIST_OPERATORS.join(" and ")} take a list.`;

function valueFault({ operator, property }: Condition, value: string): string | undefined {
  if (operator === "PERCENTAGE_SPLIT" && !(Number(value) >= 0 && Number(value) <= 100 && value.trim() !== ""))
    return "Use a percentage from 0 to 100.";
  if (operator === "MODULO" && !/^-?\d+(\.\d+)?\|-?\d+(\.\d+)?$/.test(value)) return "Use `divisor|remainder`, such as `3|0`.";
  if (operator === "SEMVER_RANGE" && parseRange(value) === undefined)
    return "Use a range of versions as npm writes it, such as `^1.2.0` or `>=1.2.0 <2.0.0`.";
  if (!DATE_OPERATORS.includes(operator)) return undefined;
  if (value === "$.now") return property === "$.now" ? "Compare `$.now` with a date." : undefined;
  return parseInstant(value) === undefined
    ? "Use a date such as `2026-03-01`, or an instant with its zone such as `2026-03-01T09:00:00Z`."
    : undefined;
}

const ruleAt = (depth: number): z.ZodType<Rule> =>
  z.strictObject({
    type: z.enum(RULE_TYPES),
    conditions: z.array(condition).default([]),
    rules:
      depth === 1
        ? z.array(z.never("Nest rules at most 8 deep.")).default([])
        : z.array(z.lazy(() => ruleAt(depth - 1))).default([]),
  });

const countConditions = (list: readonly Rule[]): number =>
  list.reduce((sum, rule) => sum + rule.conditions.length + countConditions(rule.rules), 0);

export const rules = z
  .array(ruleAt(LIMITS.ruleDepth))
  .max(LIMITS.conditionsPerSegment)
  .refine(
    (list) => countConditions(list) <= LIMITS.conditionsPerSegment,
    `Use at most ${LIMITS.conditionsPerSegment} conditions.`,
  );

export const segmentSummary = z.object({
  id,
  key: z.string(),
  name: z.string(),
  description: z.string(),
  version,
  createdAt: instant,
  /** How many flags use it, over all environments. */
  flags: z.number().int(),
});
/** Where a condition stands: positions of the rules from the segment's own down, and last the condition's, such as `[0, 2, 1]`. */
export const conditionPath = z
  .array(z.number().int().min(0).max(LIMITS.conditionsPerSegment))
  .min(2, "Give the place of a rule and of its condition, such as `[0, 2]`.")
  .max(LIMITS.ruleDepth + 1);
const listItem = text(LIMITS.conditionValue);

export const segmentDetail = segmentSummary.extend({
  /** Of a list in `longLists` only its first {@link LIMITS.listItemsShown} items. */
  rules: z.array(z.custom<Rule>()),
  /** Lists that are too long to come along; their items are read by pages. */
  longLists: z.array(z.object({ path: z.array(z.number().int()), count: z.number().int() })),
  usedBy: z.array(z.object({ flag: z.string(), environment: z.string(), enabled: z.boolean() })),
});

export const listSegmentsInput = inProject.extend({ ...page.shape, q: text(200).optional() });
export const segmentPage = pageOf(segmentSummary);
export const createSegmentInput = inProject.extend({
  name,
  key: slug.optional(),
  description: description.default(""),
  rules,
  comment: projectWrite.shape.comment,
});
export const updateSegmentInput = ofSegment.extend({
  name: name.optional(),
  description: description.optional(),
  rules: rules.optional(),
  /**
   * Lists of `rules` that stay as they are: the condition at `path` keeps the items that the one at `from` has now, whatever items
   * are given for it. For who has not read a long list.
   */
  keptLists: z
    .array(z.strictObject({ path: conditionPath, from: conditionPath }))
    .max(LIMITS.conditionsPerSegment)
    .optional(),
  /** The segment's own version the caller saw; 409 with the current row if it is another by now. */
  expectedVersion: version.optional(),
  comment: projectWrite.shape.comment,
});
/** One page of a list's items, ascending by code point. `q` is part of an item. */
export const listItemsInput = ofSegment.extend({
  path: conditionPath,
  q: text(LIMITS.conditionValue).optional(),
  after: z
    .string()
    .max(6 * LIMITS.conditionValue)
    .optional(),
  limit: z.number().int().min(1).max(LIMITS.listItemsShown).default(LIMITS.page),
});
export const listItemPage = z.object({
  items: z.array(z.string()),
  next: z.string().nullable(),
  /** Items of the whole list. */
  count: z.number().int(),
  /** The segment's. */
  version,
});

/** Adds items to a list and removes others, without the whole list. Items that are there already, or not there, change nothing. */
export const editListInput = ofSegment.extend({
  path: conditionPath,
  added: z.array(listItem).max(LIMITS.listEdit).default([]),
  removed: z.array(listItem).max(LIMITS.listEdit).default([]),
  /** The segment's own version the caller saw; 409 with the current row if it is another by now. */
  expectedVersion: version.optional(),
  comment: projectWrite.shape.comment,
});
/** What became of the edit. */
export const editedList = z.object({
  /** The segment's version now. */
  version,
  /** Items of the list now. */
  count: z.number().int(),
  /** How many were really added and removed. */
  added: z.number().int(),
  removed: z.number().int(),
});

/** Refused while a flag uses it, unless `force`: then its overrides go too. */
export const deleteSegmentInput = ofSegment.extend({ force: z.boolean().default(false) });
