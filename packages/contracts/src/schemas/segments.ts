import { type Condition, OPERATORS, RULE_TYPES, type Rule } from "@halyard/evaluator/model";
import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { inProject, ofSegment, page, pageOf, projectWrite } from "./scope.ts";
import { description, id, instant, name, slug, text, version } from "./text.ts";

export const condition: z.ZodType<Condition> = z
  .strictObject({
    operator: z.enum(OPERATORS),
    property: text(LIMITS.conditionProperty),
    value: z.union([text(LIMITS.conditionValue), z.array(text(LIMITS.conditionValue)).max(LIMITS.listItems)]).default(""),
  })
  .superRefine((it, context) => {
    if (it.property === "" && it.operator !== "PERCENTAGE_SPLIT")
      context.addIssue({
        code: "custom",
        path: ["property"],
        message: "Name a trait; only PERCENTAGE_SPLIT may leave it blank.",
      });
    if (typeof it.value !== "string" && it.operator !== "IN")
      context.addIssue({ code: "custom", path: ["value"], message: "Only IN takes a list." });
    if (
      it.operator === "PERCENTAGE_SPLIT" &&
      !(Number(it.value) >= 0 && Number(it.value) <= 100 && String(it.value).trim() !== "")
    )
      context.addIssue({ code: "custom", path: ["value"], message: "Use a percentage from 0 to 100." });
    if (it.operator === "MODULO" && !/^-?\d+(\.\d+)?\|-?\d+(\.\d+)?$/.test(String(it.value)))
      context.addIssue({ code: "custom", path: ["value"], message: "Use `divisor|remainder`, such as `3|0`." });
  });

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
export const segmentDetail = segmentSummary.extend({
  rules: z.array(z.custom<Rule>()),
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
  /** The segment's own version the caller saw; 409 with the current row if it is another by now. */
  expectedVersion: version.optional(),
  comment: projectWrite.shape.comment,
});
/** Refused while a flag uses it, unless `force`: then its overrides go too. */
export const deleteSegmentInput = ofSegment.extend({ force: z.boolean().default(false) });
