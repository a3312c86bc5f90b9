import type { FlagState, Snapshot } from "@halyard/evaluator";

/** The same environment as Flagsmith's SDKs read it. */
export function toFlagsmithDocument({ environment, flags, segments }: Snapshot) {
  const state = (flag: { id: number; key: string }, it: FlagState, priority?: number) => ({
    django_id: Number(it.seed),
    featurestate_uuid: `00000000-0000-4000-8000-${it.seed.padStart(12, "0")}`,
    enabled: it.enabled,
    feature: { id: flag.id, name: flag.key, type: it.variants.length > 0 ? "MULTIVARIATE" : "STANDARD" },
    feature_segment: priority === undefined ? null : { priority },
    feature_state_value: it.value,
    multivariate_feature_state_values: it.variants.map((variant, at) => ({
      id: at + 1,
      mv_fs_value_uuid: `00000000-0000-4000-9000-${String(variant.id).padStart(12, "0")}`,
      percentage_allocation: variant.weight,
      multivariate_feature_option: { id: variant.id, value: variant.value, key: variant.key },
    })),
  });
  return {
    id: environment.id,
    api_key: environment.bucketingKey,
    name: environment.name,
    updated_at: "2026-01-01T00:00:00.000000Z",
    project: {
      id: 1,
      name: "Bench",
      hide_disabled_flags: false,
      organisation: { id: 1, name: "Bench", feature_analytics: false, stop_serving_flags: false, persist_trait_data: true },
      segments: segments.map((segment) => ({
        id: segment.id,
        name: segment.name,
        rules: segment.rules.map((rule) => ({
          type: rule.type,
          rules: [],
          conditions: rule.conditions.map((it) => ({ operator: it.operator, property_: it.property, value: it.value })),
        })),
        feature_states: flags.flatMap((flag) =>
          flag.overrides.filter((it) => it.segmentId === segment.id).map((it) => state(flag, it, it.priority)),
        ),
      })),
    },
    feature_states: flags.map((flag) => state(flag, flag)),
    identity_overrides: [],
  };
}
