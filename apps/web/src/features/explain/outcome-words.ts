import type { OutputOf } from "../../lib/procedures.ts";
import { valueWords } from "../../lib/value-words.ts";

type Outcome = OutputOf<"evaluations.explain">["outcome"];

/** What the context gets: "On", "“Find a gift”", "Off". */
export function outcomeWords(outcome: Outcome): string {
  if (outcome.valueType === "boolean") return outcome.enabled ? "On" : "Off";
  return outcome.enabled ? valueWords(outcome.value) : "Off: the code’s own default";
}

/** Why, in one sentence. */
export function outcomeReason(outcome: Outcome): string {
  const share =
    outcome.weight === null ? "" : ` Within it falls into the ${outcome.weight} % that get ${outcome.variant ?? "a variant"}.`;
  if (outcome.source === "identity") return `This identity has an answer of its own, stronger than every segment.${share}`;
  if (outcome.source === "segment")
    return `Is in ${outcome.segment ?? "a segment"}, the first segment with a rule that matches.${share}`;
  if (outcome.reason === "DISABLED") return "No rule matches, and the flag is off for everyone else.";
  if (outcome.weight !== null)
    return `No rule matches; falls into the ${outcome.weight} % of everyone else that get ${outcome.variant ?? "a variant"}.`;
  return "No rule matches; gets what everyone else gets.";
}
