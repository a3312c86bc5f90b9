import { compile, evaluateAll, type IdentityOverrides, type Snapshot } from "@halyard/evaluator";
import { re2Engine } from "@halyard/evaluator/regex";
import { commonGround, type Scenario, scenario } from "@halyard/evaluator/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { buildEnvironmentModel } from "../../../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/environments/util.js";
import { getEvaluationContext } from "../../../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/evaluation/evaluationContext/mappers.js";
import { buildIdentityModel } from "../../../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/identities/util.js";
import { getEvaluationResult } from "../../../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/index.js";
import { buildDocument } from "./document.ts";
import { clientValue } from "./values.ts";

const stateOf = (snapshot: Snapshot, identityOverrides: readonly IdentityOverrides[] = [], version = 1) => ({
  version,
  epoch: "e",
  position: `e:${version}:00000000`,
  updatedAt: new Date("2026-08-21T16:44:17.123Z"),
  compiled: compile(snapshot, { identityOverrides, regex: re2Engine }),
});

/** What the Node SDK answers once it has read our document. */
function askNode(document: unknown, { targetingKey = "", attributes = {} }: Scenario["context"]) {
  const environment = buildEnvironmentModel(document as Parameters<typeof buildEnvironmentModel>[0]);
  const identity = buildIdentityModel({
    identifier: targetingKey,
    created_date: "2026-01-01T00:00:00Z",
    environment_api_key: environment.apiKey,
    identity_features: [],
    identity_traits: Object.entries(attributes).map(([trait_key, trait_value]) => ({ trait_key, trait_value })),
  });
  const context = getEvaluationContext(environment, identity);
  return getEvaluationResult(context as Parameters<typeof getEvaluationResult>[0]).flags;
}

/** The Node SDK joins identifiers with commas, and stops at ids that are no integers; both are its own. */
const readable = scenario(commonGround).map((given) => ({
  ...given,
  identityOverrides: given.identityOverrides.filter(({ identifier }) => !identifier.includes(",")),
  snapshot: {
    ...given.snapshot,
    // Clients look segments up by this id, so it is unique; the database sees to that.
    segments: given.snapshot.segments.map((segment, place) => ({
      ...segment,
      seed: String(Number(segment.seed) * 10 + place + 1),
    })),
  },
}));

it("makes the Node SDK answer as we do, for everybody, with overrides and splits", async () => {
  await fc.assert(
    fc.asyncProperty(readable, async (given) => {
      const state = stateOf(given.snapshot, given.identityOverrides);

      const theirs = askNode(JSON.parse((await buildDocument(state)).toString()), given.context);

      const ours = evaluateAll(state.compiled, given.context);
      for (const { key, valueType } of given.snapshot.flags) {
        const outcome = ours.get(key)!;
        expect(theirs[key]?.enabled).toBe(outcome.enabled);
        expect(theirs[key]?.value ?? null).toEqual(clientValue(valueType, outcome.value));
      }
    }),
    { numRuns: 1_000 },
  );
});

const flagState = { enabled: true, value: "a", variants: [], seed: "41" };
const base: Snapshot = {
  environment: {
    id: 3,
    name: "Production",
    bucketingKey: "cLiEnTkEy",
    project: { id: 1, name: "Shop" },
    organisation: { id: 2, name: "Acme" },
    hideDisabledFlags: true,
    allowClientTraits: false,
    hideSensitiveData: true,
  },
  flags: [
    {
      ...flagState,
      id: 7,
      key: "checkout",
      valueType: "string",
      serverOnly: true,
      overrides: [{ ...flagState, id: 1, seed: "not a number", segmentId: 5, priority: 2 }],
      variants: [
        { id: 90, key: "late", value: 2.5, weight: 30 },
        { id: 12, key: null, value: "early", weight: 54.54 },
      ],
      metadata: { description: null, createdAt: "2026-01-05T10:00:00.000Z", defaultEnabled: true, defaultValue: null },
    },
  ],
  segments: [
    {
      id: 5,
      key: "adults",
      name: "adults",
      seed: "105",
      rules: [{ type: "ANY", rules: [], conditions: [{ operator: "IN", property: "city", value: ["a,b", "c"] }] }],
    },
  ],
};

it("has every field that clients insist on, and buckets in the flag's own order", async () => {
  const overrides = [{ identifier: "ada", overrides: [{ ...flagState, id: 1, flagId: 7, seed: "300" }] }];

  const document: unknown = JSON.parse((await buildDocument(stateOf(base, overrides))).toString());

  expect(document).toMatchObject({
    id: 3,
    api_key: "cLiEnTkEy",
    updated_at: "2026-08-21T16:44:17.123Z",
    allow_client_traits: false,
    hide_sensitive_data: true,
    hide_disabled_flags: true,
    use_identity_composite_key_for_hashing: true,
    project: {
      id: 1,
      hide_disabled_flags: true,
      server_key_only_feature_ids: [7],
      organisation: { id: 2, stop_serving_flags: false, persist_trait_data: true },
      segments: [
        {
          id: 105,
          rules: [{ type: "ANY", rules: [], conditions: [{ operator: "IN", property_: "city", value: '["a,b","c"]' }] }],
          feature_states: [{ feature_segment: { priority: 2 }, django_id: null, featurestate_uuid: "not a number" }],
        },
      ],
    },
    feature_states: [
      {
        feature: { id: 7, name: "checkout", type: "MULTIVARIATE" },
        django_id: 41,
        feature_segment: null,
        feature_state_value: "a",
        multivariate_feature_state_values: [
          { id: 1, percentage_allocation: 30, multivariate_feature_option: { id: 90, key: "late", value: "2.5" } },
          { id: 2, percentage_allocation: 54.54, multivariate_feature_option: { id: 12, key: null, value: "early" } },
        ],
      },
    ],
    identity_overrides: [
      {
        identifier: "ada",
        environment_api_key: "cLiEnTkEy",
        composite_key: "cLiEnTkEy_ada",
        identity_traits: [],
        identity_features: [{ feature: { id: 7, name: "checkout" }, django_id: 300, feature_state_value: "a" }],
      },
    ],
  });
});

it("lets other requests have their turn while it writes thousands of identities", async () => {
  const everybody = Array.from({ length: 3_000 }, (_, i) => ({
    identifier: `user-${i}`,
    overrides: [{ ...flagState, id: i + 1, flagId: 7 }],
  }));
  let turns = 0;
  const others = setInterval(() => turns++, 0);

  const document = JSON.parse((await buildDocument(stateOf(base, everybody))).toString()) as { identity_overrides: unknown[] };
  clearInterval(others);

  expect(document.identity_overrides).toHaveLength(3_000);
  expect(turns).toBeGreaterThan(0);
});

it("writes identity overrides anew when their flag became another kind", async () => {
  const overrides = [{ identifier: "ada", overrides: [{ ...flagState, id: 1, flagId: 7 }] }];
  const renamed: Snapshot = { ...base, flags: base.flags.map((flag) => ({ ...flag, key: "till" })) };

  await buildDocument(stateOf(base, overrides));
  const later = (await buildDocument(stateOf(renamed, overrides, 2))).toString();

  expect(later).not.toContain("checkout");
});
