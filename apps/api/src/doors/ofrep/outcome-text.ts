import type { Evaluation, Flag, Snapshot } from "@halyard/evaluator";

type Kind = "client" | "server";

/** What was written before: an outcome is one frozen object for as long as the answer is the same. */
const written: Readonly<Record<Kind, WeakMap<Evaluation, { readonly flag: Flag; readonly text: string }>>> = {
  client: new WeakMap(),
  server: new WeakMap(),
};

/** One flag's answer as JSON. Members keep their order: clients compare the texts to find out what changed. */
export function outcomeText(kind: Kind, flag: Flag, outcome: Evaluation): string {
  const before = written[kind].get(outcome);
  if (before?.flag === flag) return before.text;
  const text = JSON.stringify(outcome.errorCode === undefined ? success(kind, flag, outcome) : failure(flag, outcome));
  written[kind].set(outcome, { flag, text });
  return text;
}

/**
 * Without a `value` the client answers with its caller's default, as for a valued flag that is off or has no value yet.
 * A boolean flag that is off says `false`: that is what it is, and clients of the protocol's first version want a value.
 */
function success(kind: Kind, flag: Flag, { enabled, valueType, value, variant, reason, source, segment }: Evaluation) {
  const isKnown = valueType === "boolean" || (enabled && value !== null);
  return {
    key: flag.key,
    ...(isKnown && { value: valueType === "boolean" ? enabled : value }),
    reason: reason === "DEFAULT" && isStatic(flag) ? "STATIC" : reason,
    ...(isKnown && variant !== null && { variant }),
    metadata: {
      valueType,
      // Client-side keys learn nothing of rules.
      ...(kind === "server" && { source, ...(segment !== undefined && { segment }) }),
    },
  };
}

const failure = (flag: Flag, { errorCode }: Evaluation) => ({
  key: flag.key,
  errorCode,
  errorDetails: "The flag could not be evaluated for this context.",
});

/** The same for everybody, but for identities that have an override of their own. */
const isStatic = ({ overrides, variants, prerequisites = [] }: Flag): boolean =>
  overrides.length === 0 && variants.length === 0 && prerequisites.length === 0;

/** Whether a key of this kind learns of the flag at all. */
export function isShown(kind: Kind, { environment }: Snapshot, { flag, outcome }: { flag: Flag; outcome: Evaluation }): boolean {
  if (kind === "client" && flag.serverOnly) return false;
  return outcome.enabled || !environment.hideDisabledFlags;
}
