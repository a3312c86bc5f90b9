// The engine is not among the package's exports; its build is plain ES modules.
import { getEvaluationResult } from "../../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/index.js";
import type { Context, Evaluation, FlagState, Snapshot } from "../model.ts";
import type { Scenario } from "./arbitraries.ts";

/** What Flagsmith says of one flag. */
export interface FlagsmithAnswer {
  readonly enabled: boolean;
  readonly value: unknown;
  readonly reason: string;
}

/** The same question in the words of Flagsmith's evaluation context. */
export function toFlagsmith({ snapshot, identityOverrides, context }: Scenario) {
  const { bucketingKey, name } = snapshot.environment;
  const flagKeys = new Map(snapshot.flags.map((flag) => [flag.id, flag.key]));
  const personal = identityOverrides.map(({ identifier, overrides }, i) => ({
    key: "",
    name: "identity_overrides",
    rules: [{ type: "ALL", conditions: [{ property: "$.identity.identifier", operator: "IN", value: [identifier] }] }],
    overrides: overrides
      .filter(({ flagId }) => flagKeys.has(flagId))
      .map((override) => ({ ...feature(flagKeys.get(override.flagId) ?? "", override), priority: -Infinity })),
    id: `identity ${i}`,
  }));
  const segments = snapshot.segments.map(({ id, seed, name: segmentName, rules }) => ({
    key: seed,
    name: segmentName,
    rules,
    overrides: overridesOf(snapshot, id),
    id: String(id),
  }));
  return {
    environment: { key: bucketingKey, name },
    ...identityOf(context),
    features: Object.fromEntries(snapshot.flags.map((flag) => [flag.key, feature(flag.key, flag)])),
    segments: Object.fromEntries([...personal, ...segments].map(({ id, ...segment }) => [id, segment])),
  };
}

export function askFlagsmith(scenario: Scenario): { answers: Record<string, FlagsmithAnswer>; segments: string[] } {
  const result = getEvaluationResult(toFlagsmith(scenario) as unknown as Parameters<typeof getEvaluationResult>[0]);
  return {
    answers: result.flags,
    segments: result.segments.map((segment) => segment.name).filter((name) => name !== "identity_overrides"),
  };
}

/** Our answer as Flagsmith words it; on boolean flags Flagsmith's value says nothing. */
export function inFlagsmithsWords(outcome: Evaluation): FlagsmithAnswer {
  const match = outcome.source === "identity" ? "identity_overrides" : outcome.segment;
  const other = match === undefined ? "DEFAULT" : `TARGETING_MATCH; segment=${match}`;
  return {
    enabled: outcome.enabled,
    value: outcome.value,
    reason: outcome.weight === undefined ? other : `SPLIT; weight=${outcome.weight}`,
  };
}

function identityOf({ targetingKey, attributes }: Context) {
  return targetingKey === undefined ? {} : { identity: { identifier: targetingKey, traits: attributes ?? {} } };
}

function overridesOf({ flags }: Snapshot, segmentId: number) {
  return flags.flatMap((flag) =>
    flag.overrides
      .filter((override) => override.segmentId === segmentId)
      .map((override) => ({ ...feature(flag.key, override), priority: override.priority })),
  );
}

function feature(name: string, { seed, enabled, value, variants }: FlagState) {
  return {
    key: seed,
    name,
    enabled,
    value,
    variants: variants.map((variant, priority) => ({
      value: variant.value,
      weight: variant.weight,
      priority,
      ...(variant.key !== null && { key: variant.key }),
    })),
  };
}
