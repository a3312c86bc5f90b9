import { type Condition, type ListEdit, OPERATORS, RULE_TYPES, type Rule, type Segment, type SegmentListEdit } from "./model.ts";
import * as read from "./read.ts";
import { MAX_RULE_DEPTH } from "./segment.ts";

const ELEMENTS = ["any", "all"] as const;

export function segments(input: unknown): readonly Segment[] {
  return read.unique("id", (segment: Segment) => segment.id, read.list(segment))(input);
}

export function segmentLists(input: unknown): readonly SegmentListEdit[] {
  return read.list(segmentListEdit)(input);
}

function segment(input: unknown): Segment {
  return read.object(input, (field, optional) => ({
    id: field("id", read.integer),
    key: field("key", read.text),
    name: field("name", read.text),
    seed: field("seed", read.text),
    rules: field("rules", rules(MAX_RULE_DEPTH)),
    ...optional("version", read.integer),
  }));
}

function rules(levels: number): read.Reader<readonly Rule[]> {
  return read.list((input) => {
    if (levels === 0) read.refuse(`rules may be nested at most ${MAX_RULE_DEPTH} deep`);
    return read.object(input, (field) => ({
      type: field("type", read.oneOf(RULE_TYPES)),
      conditions: field("conditions", read.list(condition)),
      rules: field("rules", rules(levels - 1)),
    }));
  });
}

function condition(input: unknown): Condition {
  return read.object(input, (field, optional) => ({
    operator: field("operator", read.oneOf(OPERATORS)),
    property: field("property", read.text),
    value: field("value", (value) => (typeof value === "string" ? value : read.list(read.text)(value))),
    ...optional("ignoreCase", read.flag),
    ...optional("elements", read.oneOf(ELEMENTS)),
  }));
}

function segmentListEdit(input: unknown): SegmentListEdit {
  return read.object(input, (field) => ({
    segmentId: field("segmentId", read.integer),
    from: field("from", read.integer),
    to: field("to", read.integer),
    lists: field("lists", read.list(listEdit)),
  }));
}

function listEdit(input: unknown): ListEdit {
  return read.object(input, (field) => ({
    path: field("path", read.list(read.integer)),
    added: field("added", read.list(read.text)),
    removed: field("removed", read.list(read.text)),
  }));
}
