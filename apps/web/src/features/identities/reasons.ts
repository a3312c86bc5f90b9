import type { JsonValue } from "@halyard/evaluator/model";
import type { OutputOf } from "../../lib/procedures.ts";

export type Identity = OutputOf<"identities.get">;
export type Outcome = Identity["outcomes"][number];

const MOST_SHOWN = 80;

/** A value as people read it: text without quotes, JSON on one line. */
export function valueText(value: JsonValue): string {
  if (value === null) return "no value";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === "") return "empty text";
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** What somebody gets: "On", "Off", "“hybrid”", "Off, else 50". */
export function answerText({ enabled, valueType, value, variant }: Outcome): string {
  if (valueType === "boolean") return enabled ? "On" : "Off";
  const named = variant === null ? valueText(value) : `${variant}: ${valueText(value)}`;
  return enabled ? named : `Off, would be ${named}`;
}

const percent = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });

/** Whose state decided. */
function sourceText({ source, segment }: Outcome): string {
  if (source === "identity") return "Set for this identity";
  return source === "segment" ? `In segment ${segment ?? "that was deleted"}` : "Like everyone";
}

/** Why they get it, in one sentence. */
export function reasonText(outcome: Outcome): string {
  const from = sourceText(outcome);
  if (outcome.reason === "ERROR") return "Could not be decided; the flag's default answers";
  if (outcome.reason === "SPLIT" && outcome.variant !== null) {
    const share = outcome.weight === null ? "" : `, which ${percent.format(outcome.weight)} % get`;
    return outcome.variant === "control" ? `${from}; fell to no variant` : `${from}; fell to ${outcome.variant}${share}`;
  }
  if (outcome.source === "environment") return outcome.enabled ? "Like everyone" : "Off for everyone";
  return from;
}
