import { rules as rulesSchema } from "@halyard/contracts/schemas";
import type { Condition, JsonValue, Rule } from "@halyard/evaluator/model";
import { OPERATORS, RULE_TYPES } from "@halyard/evaluator/model";
import { z } from "zod";
import { createNamer } from "../keys.ts";
import {
  type ImportEntry,
  type ImportPlan,
  type PlannedFlag,
  type PlannedSegment,
  type PlannedState,
  type PlannedVariant,
  refusal,
} from "../plan.ts";
import { refuseValue, valueTypeOf } from "../values.ts";

const value = z.union([z.string(), z.number(), z.boolean()]).nullish();
const featureState = z.object({
  django_id: z.number().int().nullish(),
  featurestate_uuid: z.string().nullish(),
  enabled: z.boolean(),
  feature: z.object({ id: z.number().int(), name: z.string().min(1) }),
  feature_segment: z.object({ priority: z.number().int().nullish() }).nullish(),
  feature_state_value: value,
  multivariate_feature_state_values: z
    .array(
      z.object({
        id: z.number().int().nullish(),
        percentage_allocation: z.number().min(0).max(100),
        multivariate_feature_option: z.object({ id: z.number().int().nullish(), key: z.string().nullish(), value }),
      }),
    )
    .default([]),
});
type FeatureState = z.infer<typeof featureState>;

const condition = z
  .object({
    operator: z.enum(OPERATORS),
    value: z.union([z.string(), z.array(z.string())]).nullish(),
    property_: z.string().nullish(),
  })
  .transform((it): Condition => ({ operator: it.operator, property: it.property_ ?? "", value: it.value ?? "" }));
const rule: z.ZodType<Rule> = z.object({
  type: z.enum(RULE_TYPES),
  conditions: z.array(condition).default([]),
  rules: z.array(z.lazy(() => rule)).default([]),
});
const segment = z.object({
  id: z.number().int(),
  name: z.string().min(1),
  rules: z.array(rule),
  feature_states: z.array(featureState).default([]),
});

export const environmentDocument = z.object({
  api_key: z.string().min(1).max(100),
  name: z.string().default("Imported"),
  allow_client_traits: z.boolean().default(true),
  hide_sensitive_data: z.boolean().default(false),
  hide_disabled_flags: z.boolean().nullish(),
  project: z.object({ segments: z.array(segment).default([]), server_key_only_feature_ids: z.array(z.number()).default([]) }),
  feature_states: z.array(featureState),
  identity_overrides: z.array(z.object({ identifier: z.string().min(1), identity_features: z.array(featureState) })).default([]),
});

/** Flagsmith's environment document: brings a whole environment with its key and seeds, so everybody stays in their bucket. */
export function planEnvironmentDocument(
  document: z.infer<typeof environmentDocument>,
  options: { readonly environmentName: string | undefined },
): ImportPlan {
  const refused: ImportEntry[] = [];
  const all = [
    ...document.feature_states,
    ...document.project.segments.flatMap((it) => it.feature_states),
    ...document.identity_overrides.flatMap((it) => it.identity_features),
  ];
  const name = createNamer("skip");
  const flags = document.feature_states.flatMap((it, index): PlannedFlag[] => {
    const path = `feature_states[${index}]`;
    const named = name(it.feature.name);
    const states = all.filter((other) => other.feature.name === it.feature.name);
    const reason =
      "refused" in named
        ? named.refused
        : states
            .flatMap(valuesOf)
            .map(refuseValue)
            .find((one) => one !== undefined);
    if ("refused" in named || reason !== undefined) {
      refused.push(refusal(path, "flag", { name: it.feature.name, note: reason ?? "" }));
      return [];
    }
    return [
      planFlag({ path, ...named, serverOnly: document.project.server_key_only_feature_ids.includes(it.feature.id) }, it, states),
    ];
  });
  const known = new Set(flags.map((it) => it.key));
  return {
    format: "flagsmith-environment",
    flags,
    segments: document.project.segments.flatMap((it, index) => planSegment(it, `project.segments[${index}]`, { known, refused })),
    environment: {
      name: options.environmentName ?? document.name,
      bucketingKey: document.api_key,
      hideDisabledFlags: document.hide_disabled_flags ?? null,
      allowClientTraits: document.allow_client_traits,
      hideSensitiveData: document.hide_sensitive_data,
      identities: document.identity_overrides.map((it, index) => ({
        path: `identity_overrides[${index}]`,
        identifier: it.identifier,
        overrides: it.identity_features
          .filter((state) => known.has(state.feature.name))
          .map((state) => ({ flag: state.feature.name, state: planState(state) })),
      })),
    },
    refused,
    notes: [
      "Seeds, segment ids and the client-side key are kept: everybody stays in the bucket they were in, and clients go on with their key.",
    ],
  };
}

type Named = { readonly path: string; readonly key: string; readonly note: string | null; readonly serverOnly: boolean };

function planFlag(named: Named, state: FeatureState, states: readonly FeatureState[]): PlannedFlag {
  const options = new Map<number, PlannedVariant>();
  for (const it of states.flatMap((one) => one.multivariate_feature_state_values)) {
    const source = sourceOf(it);
    if (options.has(source)) continue;
    const weight = state.multivariate_feature_state_values.find((one) => sourceOf(one) === source)?.percentage_allocation ?? 0;
    options.set(source, {
      key: it.multivariate_feature_option.key ?? null,
      value: it.multivariate_feature_option.value ?? null,
      defaultWeight: weight,
      source,
    });
  }
  const valueType = valueTypeOf(states.flatMap(valuesOf));
  return {
    ...named,
    description: "",
    valueType: valueType === "boolean" && options.size > 0 ? "json" : valueType,
    defaultEnabled: false,
    defaultValue: state.feature_state_value ?? null,
    variants: [...options.values()],
    state: planState(state),
  };
}

type Option = FeatureState["multivariate_feature_state_values"][number];

/** The option's id; without one, its place in bucket order stands in. */
const sourceOf = (it: Option): number => it.multivariate_feature_option.id ?? -(it.id ?? 1);

/** Buckets are taken in the order of the allocations' ids. */
function planState(state: FeatureState): PlannedState {
  const inOrder = [...state.multivariate_feature_state_values].sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  return {
    enabled: state.enabled,
    value: state.feature_state_value ?? null,
    weights: inOrder.map((it) => ({ source: sourceOf(it), weight: it.percentage_allocation })),
    seed: state.django_id == null ? (state.featurestate_uuid ?? undefined) : String(state.django_id),
  };
}

const valuesOf = (state: FeatureState): JsonValue[] => [
  state.feature_state_value ?? null,
  ...state.multivariate_feature_state_values.map((it) => it.multivariate_feature_option.value ?? null),
];

function planSegment(
  it: z.infer<typeof segment>,
  path: string,
  { known, refused }: { readonly known: ReadonlySet<string>; readonly refused: ImportEntry[] },
): PlannedSegment[] {
  const checked = rulesSchema.safeParse(it.rules);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    refused.push(
      refusal(path, "segment", {
        name: it.name,
        note: `Its rules cannot be taken: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
      }),
    );
    return [];
  }
  return [
    {
      path,
      name: it.name,
      seed: String(it.id),
      rules: it.rules,
      overrides: it.feature_states
        .filter((state) => known.has(state.feature.name))
        .map((state) => ({ flag: state.feature.name, priority: state.feature_segment?.priority ?? 0, state: planState(state) })),
    },
  ];
}
