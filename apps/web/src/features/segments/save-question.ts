import type { Question } from "../../lib/create-question.ts";
import type { Environment } from "../shell/index.ts";
import { reachWords } from "../shell/index.ts";
import type { Segment } from "./use-segment-draft.ts";

/** A segment belongs to all environments: its rules change in every one at once. */
export function saveQuestion(segment: Segment, environments: readonly Environment[]): Omit<Question, "act"> {
  const isUsed = segment.usedBy.length > 0;
  return {
    title: `Save the rules of ${segment.name}?`,
    consequence: `This changes who ${isUsed ? "gets what" : "is in it"} in ${reachWords(environments)}${isUsed ? "" : "; no flag uses it yet"}.`,
    verb: "Save rules",
  };
}
