import type { Evaluation, Flag } from "@halyard/evaluator";
import { clientValue, seedNumber, variantsOf } from "./values.ts";

/** How much a caller is told. */
export interface Shape {
  /** Descriptions, defaults and ids; without them the fields are null. */
  readonly sensitive: boolean;
  /** Names of segments in reasons. */
  readonly segmentNames: boolean;
  /** What was written before: an outcome is one frozen object for as long as the answer is the same. */
  readonly written: WeakMap<Evaluation, { readonly flag: Flag; readonly text: string }>;
}

const PUBLIC: Shape = { sensitive: false, segmentNames: false, written: new WeakMap() };
const FULL: Shape = { sensitive: true, segmentNames: true, written: new WeakMap() };
const REDUCED: Shape = { sensitive: false, segmentNames: true, written: new WeakMap() };

/** Client-side keys are public: whoever has one must learn nothing but their own answers. */
export function shapeFor(kind: "client" | "server", settings: { readonly hideSensitiveData: boolean }): Shape {
  if (kind === "client") return PUBLIC;
  return settings.hideSensitiveData ? REDUCED : FULL;
}

/** A flag as it is for everyone: its prerequisites may turn it off. */
export interface Everyones {
  readonly flag: Flag;
  readonly enabled: boolean;
}

/** What a flag answers in its environment, before anybody is known. */
export function defaultText(shape: Shape, environmentId: number, { flag, enabled }: Everyones): string {
  return JSON.stringify(flagObject(shape, environmentId, { flag, enabled, value: flag.value, reason: "DEFAULT" }));
}

/** One flag of an identity's answer. */
export function outcomeText(shape: Shape, environmentId: number, { flag, outcome }: Decided): string {
  const before = shape.written.get(outcome);
  if (before?.flag === flag) return before.text;
  const { enabled, value, variant } = outcome;
  const reason = reasonText(shape, outcome);
  const text = JSON.stringify({ ...flagObject(shape, environmentId, { flag, enabled, value, reason }), variant });
  shape.written.set(outcome, { flag, text });
  return text;
}

export interface Decided {
  readonly flag: Flag;
  readonly outcome: Evaluation;
}

interface Answer extends Pick<Evaluation, "enabled" | "value"> {
  readonly flag: Flag;
  readonly reason: string;
}

function flagObject({ sensitive }: Shape, environmentId: number, { flag, enabled, value, reason }: Answer) {
  const { metadata, valueType } = flag;
  const initial = clientValue(valueType, metadata.defaultValue);
  return {
    id: sensitive ? seedNumber(flag.seed) : null,
    feature: {
      ...featureOf(flag),
      created_date: sensitive ? metadata.createdAt : null,
      description: sensitive ? metadata.description : null,
      initial_value: sensitive && initial !== null ? String(initial) : null,
      default_enabled: sensitive ? metadata.defaultEnabled : null,
      // The browser SDK reads the flag's reason, the Node SDK the feature's.
      reason,
    },
    feature_state_value: clientValue(valueType, value),
    environment: sensitive ? environmentId : null,
    identity: null,
    feature_segment: null,
    enabled,
    reason,
  };
}

export function featureOf(flag: Flag) {
  const splits = [flag, ...flag.overrides].some((state) => variantsOf(flag.valueType, state).length > 0);
  return { id: flag.id, name: flag.key, type: splits ? "MULTIVARIATE" : "STANDARD" };
}

function reasonText({ segmentNames }: Shape, { source, segment, weight }: Evaluation): string {
  if (weight !== undefined) return `SPLIT; weight=${weight}`;
  if (source === "environment") return "DEFAULT";
  if (!segmentNames) return "TARGETING_MATCH";
  return `TARGETING_MATCH; segment=${source === "identity" ? "identity_overrides" : segment}`;
}
