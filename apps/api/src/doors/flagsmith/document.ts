import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Condition,
  type Flag,
  type FlagState,
  type IdentityOverride,
  type IdentityOverrides,
  identityOverridesOf,
  type Rule,
  type Segment,
  type Snapshot,
} from "@halyard/evaluator";
import { bucketsOtherwise, flagsmithObstacle, toFlagsmithRules } from "@halyard/evaluator/flagsmith";
import type { EnvironmentState } from "../../features/delivery/index.ts";
import { featureOf } from "./flag-object.ts";
import { clientValue, seedNumber, uuidOf, variantsOf } from "./values.ts";

/** Identities written between two looks at other requests. */
const SLICE = 500;
/** Required by typed clients, read by none. */
const SOME_DAY = "1970-01-01T00:00:00.000000Z";

const writtenOverrides = new WeakMap<IdentityOverride, { readonly feature: string; readonly text: string }>();

/** The environment document of server-side SDKs that evaluate themselves. Gives other requests their turn while it is long. */
export async function buildDocument(state: EnvironmentState): Promise<Buffer> {
  const snapshot = sayable(state.compiled.snapshot);
  const isSaid = new Map(snapshot.flags.map((flag, place) => [flag.id, flag === state.compiled.snapshot.flags[place]]));
  const head = JSON.stringify(documentHead(snapshot, state.updatedAt));
  const parts = [Buffer.from(`${head.slice(0, -1)},"identity_overrides":[`)];
  const everybody = identityOverridesOf(state.compiled).map((one) => ({
    ...one,
    overrides: one.overrides.flatMap((override) => {
      if (!isSaid.get(override.flagId)) return [];
      return bucketsOtherwise(override) ? [{ ...override, ...OFF }] : [override];
    }),
  }));
  const features = new Map(snapshot.flags.map((flag) => [flag.id, { flag, feature: JSON.stringify(featureOf(flag)) }]));
  for (let from = 0; from < everybody.length; from += SLICE) {
    if (from > 0) await nextTurn();
    const texts = everybody
      .slice(from, from + SLICE)
      .map((one) => identityText(one, snapshot.environment.bucketingKey, features));
    parts.push(Buffer.from((from > 0 ? "," : "") + texts.join(",")));
  }
  parts.push(Buffer.from("]}"));
  return Buffer.concat(parts);
}

/** Flags that the document has no words for are off in it, for everyone: nobody may get what they are not meant to. */
function sayable(snapshot: Snapshot): Snapshot {
  const segments = new Map(snapshot.segments.map((segment) => [segment.id, segment]));
  return {
    ...snapshot,
    flags: snapshot.flags.map((flag) => (flagsmithObstacle(flag, segments) ? { ...flag, ...OFF, overrides: [] } : flag)),
    segments: snapshot.segments.map((segment) => ({ ...segment, rules: toFlagsmithRules(segment.rules) ?? [] })),
  };
}

const OFF = { enabled: false, variants: [] } as const;

function documentHead({ environment, flags, segments }: Snapshot, updatedAt: Date) {
  const { project, organisation, hideDisabledFlags } = environment;
  return {
    id: environment.id,
    api_key: environment.bucketingKey,
    name: environment.name,
    updated_at: updatedAt.toISOString(),
    allow_client_traits: environment.allowClientTraits,
    hide_sensitive_data: environment.hideSensitiveData,
    hide_disabled_flags: hideDisabledFlags,
    use_identity_composite_key_for_hashing: true,
    use_identity_overrides_in_local_eval: true,
    project: {
      id: project.id,
      name: project.name,
      // Flagsmith's proxy reads only the project's.
      hide_disabled_flags: hideDisabledFlags,
      enable_realtime_updates: true,
      server_key_only_feature_ids: flags.filter((flag) => flag.serverOnly).map((flag) => flag.id),
      organisation: {
        id: organisation.id,
        name: organisation.name,
        feature_analytics: true,
        stop_serving_flags: false,
        persist_trait_data: true,
      },
      segments: segments.map((segment) => segmentObject(segment, flags)),
    },
    feature_states: flags.map((flag) => ({ feature: featureOf(flag), ...stateObject(flag, flag, null) })),
  };
}

function segmentObject(segment: Segment, flags: readonly Flag[]) {
  return {
    // The id is what percentage splits hash. A seed that is no integer still goes out: clients that read it keep their buckets.
    id: seedNumber(segment.seed) ?? segment.seed,
    name: segment.name,
    rules: segment.rules.map(ruleObject),
    feature_states: flags.flatMap((flag) =>
      flag.overrides
        .filter((override) => override.segmentId === segment.id)
        .map((override) => ({ feature: featureOf(flag), ...stateObject(flag, override, override.priority) })),
    ),
  };
}

function ruleObject(rule: Rule): unknown {
  return { type: rule.type, rules: rule.rules.map(ruleObject), conditions: rule.conditions.map(conditionObject) };
}

function conditionObject({ operator, property, value }: Condition) {
  // As JSON a list keeps the items that contain commas.
  return { operator, property_: property, value: typeof value === "string" ? value : JSON.stringify(value) };
}

function stateObject(flag: Flag, state: FlagState, priority: number | null) {
  const { valueType } = flag;
  const id = seedNumber(state.seed);
  return {
    enabled: state.enabled,
    django_id: id,
    // Clients hash the one where there is no other.
    featurestate_uuid: id === null ? state.seed : uuidOf("state", id),
    feature_segment: priority === null ? null : { priority },
    feature_state_value: clientValue(valueType, state.value),
    multivariate_feature_state_values: variantsOf(valueType, state).map((variant, place) => ({
      multivariate_feature_option: { id: variant.id, value: clientValue(valueType, variant.value), key: variant.key },
      percentage_allocation: variant.weight,
      // Clients fill the buckets in the order of this id.
      id: place + 1,
      mv_fs_value_uuid: uuidOf("variant", place + 1),
    })),
  };
}

type Features = ReadonlyMap<number, { readonly flag: Flag; readonly feature: string }>;

function identityText({ identifier, overrides }: IdentityOverrides, key: string, features: Features): string {
  const states: string[] = [];
  for (const override of overrides) {
    const found = features.get(override.flagId);
    if (found) states.push(overrideText(override, found.flag, found.feature));
  }
  const hash = createHash("sha256").update(identifier).digest("hex");
  const head = JSON.stringify({
    identifier,
    environment_api_key: key,
    created_date: SOME_DAY,
    identity_traits: [],
    identity_uuid: `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`,
    django_id: null,
    dashboard_alias: null,
    composite_key: `${key}_${identifier}`,
  });
  return `${head.slice(0, -1)},"identity_features":[${states.join(",")}]}`;
}

function overrideText(override: IdentityOverride, flag: Flag, feature: string): string {
  const described = `${flag.valueType}${feature}`;
  const before = writtenOverrides.get(override);
  if (before?.feature === described) return before.text;
  const text = `{"feature":${feature},${JSON.stringify(stateObject(flag, override, null)).slice(1)}`;
  writtenOverrides.set(override, { feature: described, text });
  return text;
}
