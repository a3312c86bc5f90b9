import { randomBytes } from "node:crypto";

interface StateWish {
  readonly id: number;
  readonly name: string;
  readonly seed: number;
  readonly enabled?: boolean;
  readonly value: string | number | boolean | null;
  readonly priority?: number;
  readonly options?: readonly {
    readonly id: number;
    readonly key: string | null;
    readonly value: string;
    readonly weight: number;
  }[];
}

const state = ({ id, name, seed, enabled = true, value, priority, options = [] }: StateWish) => ({
  django_id: seed,
  featurestate_uuid: `0b8b3f0e-0000-4000-8000-${String(seed).padStart(12, "0")}`,
  enabled,
  feature: { id, name, type: options.length > 0 ? "MULTIVARIATE" : "STANDARD" },
  feature_segment: priority === undefined ? null : { priority },
  feature_state_value: value,
  multivariate_feature_state_values: options.map((it, index) => ({
    id: seed * 10 + index,
    mv_fs_value_uuid: `0b8b3f0e-0000-4000-9000-${String(seed * 10 + index).padStart(12, "0")}`,
    percentage_allocation: it.weight,
    multivariate_feature_option: { id: it.id, key: it.key, value: it.value },
  })),
});

/** A Flagsmith environment with segments, a percentage split, a multivariate flag and an identity's override; its key is new each time. */
export function environmentDocument() {
  const blue = { id: 31, key: "blue", value: "blue", weight: 30 };
  const green = { id: 32, key: null, value: "green", weight: 25 };
  const rule = (operator: string, property_: string | null, value: string) => ({
    type: "ALL",
    conditions: [],
    rules: [{ type: "ANY", rules: [], conditions: [{ operator, property_, value }] }],
  });
  return {
    id: 3,
    api_key: randomBytes(11).toString("hex"),
    name: "Imported",
    updated_at: "2026-08-21T16:44:17.123456Z",
    allow_client_traits: true,
    hide_sensitive_data: false,
    hide_disabled_flags: null,
    use_identity_composite_key_for_hashing: true,
    use_identity_overrides_in_local_eval: true,
    project: {
      id: 1,
      name: "Shop",
      hide_disabled_flags: false,
      enable_realtime_updates: true,
      server_key_only_feature_ids: [],
      organisation: { id: 1, name: "Acme", feature_analytics: false, stop_serving_flags: false, persist_trait_data: true },
      segments: [
        {
          id: 501,
          name: "Adults",
          rules: [rule("GREATER_THAN_INCLUSIVE", "age", "18")],
          feature_states: [state({ id: 1, name: "checkout", seed: 9_001, value: "adult", priority: 1 })],
        },
        {
          id: 502,
          name: "A fifth of all",
          rules: [rule("PERCENTAGE_SPLIT", "$.identity.key", "20")],
          feature_states: [
            state({ id: 1, name: "checkout", seed: 9_002, value: "lucky", priority: 0, enabled: false }),
            state({ id: 2, name: "colour", seed: 9_003, value: "red", priority: 0, options: [{ ...blue, weight: 80 }] }),
          ],
        },
      ],
    },
    feature_states: [
      state({ id: 1, name: "checkout", seed: 8_001, value: "plain" }),
      state({ id: 2, name: "colour", seed: 8_002, value: "grey", options: [blue, green] }),
      state({ id: 3, name: "limit", seed: 8_003, value: 42 }),
      state({ id: 4, name: "on", seed: 8_004, value: null, enabled: false }),
    ],
    identity_overrides: [
      {
        identifier: "user-7",
        environment_api_key: "",
        created_date: "2026-08-21T16:44:17.123456Z",
        identity_uuid: "0b8b3f0e-0000-4000-a000-000000000007",
        identity_traits: [],
        django_id: 7,
        dashboard_alias: null,
        composite_key: "",
        identity_features: [state({ id: 3, name: "limit", seed: 7_001, value: 7 })],
      },
    ],
  };
}
