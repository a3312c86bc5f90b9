import type {
  Condition,
  EnvironmentSettings,
  Flag,
  FlagState,
  IdentityOverride,
  Segment,
  SegmentOverride,
  Snapshot,
} from "../model.ts";

/** Builders for tests: each fills in what the test does not speak of. */
export const environment: EnvironmentSettings = {
  id: 1,
  name: "Production",
  bucketingKey: "env_key",
  project: { id: 1, name: "Shop" },
  organisation: { id: 1, name: "Acme" },
  hideDisabledFlags: false,
  allowClientTraits: true,
  hideSensitiveData: false,
};

const state: FlagState = { enabled: true, value: "off-the-shelf", variants: [], seed: "10" };

export function flag(given: Partial<Flag> = {}): Flag {
  const metadata = { description: null, createdAt: "2026-01-01T00:00:00.000Z", defaultEnabled: false, defaultValue: null };
  return { id: 1, key: "flag", valueType: "string", serverOnly: false, ...state, overrides: [], metadata, ...given };
}

export function override(given: Partial<SegmentOverride> = {}): SegmentOverride {
  return { id: 1, segmentId: 1, priority: 0, ...state, value: "overridden", seed: "20", ...given };
}

export function identityOverride(given: Partial<IdentityOverride> = {}): IdentityOverride {
  return { id: 1, flagId: 1, ...state, value: "personal", seed: "30", ...given };
}

export function segment(conditions: readonly Condition[], given: Partial<Segment> = {}): Segment {
  return { id: 1, key: "segment", name: "Segment", seed: "1", rules: [{ type: "ALL", conditions, rules: [] }], ...given };
}

export function snapshot(given: Partial<Snapshot> = {}): Snapshot {
  return { environment, flags: [], segments: [], ...given };
}

/** A flag that is overridden for exactly those who meet the condition. */
export function snapshotFor(condition: Condition): Snapshot {
  return snapshot({ flags: [flag({ overrides: [override()] })], segments: [segment([condition])] });
}
