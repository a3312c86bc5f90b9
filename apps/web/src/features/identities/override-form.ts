import type { OutputOf } from "../../lib/procedures.ts";
import { parseText, toText } from "../../lib/value-text.ts";
import type { OverrideWish } from "./override-wish.ts";
import type { Identity, Outcome } from "./reasons.ts";

type Variant = OutputOf<"flags.get">["variants"][number];

/** Stands for "no variant, a value of its own". */
export const OWN_VALUE = "own";

export interface OverrideForm {
  readonly enabled: boolean;
  /** A variant's name, or {@link OWN_VALUE}. */
  readonly pick: string;
  /** The own value as it is written. */
  readonly text: string;
}

/** How weights name a variant: by its key, or by its id where it was imported without one. */
export const variantName = ({ key, id }: Pick<Variant, "key" | "id">): string => key ?? `#${id}`;

export function formOf(identity: Identity, outcome: Outcome): OverrideForm {
  const own = identity.flagOverrides.find(({ flag }) => flag === outcome.flag);
  const whole = own?.weights.find(({ weight }) => weight === 100);
  const variant = own === undefined && outcome.variant !== "control" ? outcome.variant : null;
  const value = own ? own.value : outcome.value;
  return {
    // A switch is overridden to be the other way; a value, to be seen.
    enabled: own?.enabled ?? (outcome.valueType !== "boolean" || !outcome.enabled),
    pick: whole?.variant ?? variant ?? OWN_VALUE,
    text: value === null ? "" : toText(outcome.valueType, value),
  };
}

/** What to ask for; or what is wrong with the written value. */
export function wishOf(outcome: Outcome, form: OverrideForm): { readonly wish: OverrideWish } | { readonly error: string } {
  const base = { flag: outcome.flag, enabled: form.enabled };
  if (outcome.valueType === "boolean") return { wish: base };
  if (form.pick !== OWN_VALUE) return { wish: { ...base, weights: [{ variant: form.pick, weight: 100 }] } };
  if (outcome.valueType !== "string" && form.text.trim() === "") return { error: "Write a value." };
  const parsed = parseText(outcome.valueType, form.text, "");
  // Without weights of its own, variants would still win over the value.
  return parsed.error === undefined ? { wish: { ...base, value: parsed.value, weights: [] } } : { error: parsed.error };
}
