import type { EnvironmentDelta, EnvironmentSnapshot } from "@halyard/contracts";
import type { Condition, Delta, Flag, IdentityOverrides, JsonValue, Segment, Snapshot } from "@halyard/evaluator/model";

export function flag(id: number, key: string, parts: Partial<Flag> = {}): Flag {
  return {
    id,
    key,
    valueType: "boolean",
    serverOnly: false,
    enabled: true,
    value: null,
    variants: [],
    seed: String(id),
    overrides: [],
    metadata: { description: null, createdAt: "2026-01-01T00:00:00.000Z", defaultEnabled: false, defaultValue: null },
    ...parts,
  };
}

export function limit(id: number, value: JsonValue, parts: Partial<Flag> = {}): Flag {
  return flag(id, "limit", { valueType: "number", value, ...parts });
}

/** Everyone whose attribute has this value. */
export function segment(id: number, attribute: string, value: string): Segment {
  return segmentOf(id, { operator: "EQUAL", property: attribute, value });
}

/** Everyone whose attribute matches the pattern. */
export function patternSegment(id: number, attribute: string, value: string): Segment {
  return segmentOf(id, { operator: "REGEX", property: attribute, value });
}

export function segmentOf(id: number, condition: Condition, version?: number): Segment {
  return {
    id,
    key: `s${id}`,
    name: `Segment ${id}`,
    seed: String(id),
    rules: [{ type: "ALL", conditions: [condition], rules: [] }],
    ...(version !== undefined && { version }),
  };
}

export function snapshot(flags: readonly Flag[], segments: readonly Segment[] = []): Snapshot {
  return {
    environment: {
      id: 1,
      name: "Production",
      bucketingKey: "env_key",
      project: { id: 1, name: "Shop" },
      organisation: { id: 1, name: "Acme" },
      hideDisabledFlags: false,
      allowClientTraits: true,
      hideSensitiveData: false,
    },
    flags,
    segments,
  };
}

interface SnapshotParts {
  readonly identityOverrides?: readonly IdentityOverrides[];
  readonly epoch?: string;
}

export function snapshotEvent(to: number, content: Snapshot, parts: SnapshotParts = {}): EnvironmentSnapshot {
  const { identityOverrides = [], epoch = "e1" } = parts;
  return { type: "snapshot", to, position: `${epoch}:${to}:aaaaaaaa`, snapshot: content, identityOverrides };
}

export function deltaEvent([from, to]: readonly [number, number], delta: Delta): EnvironmentDelta {
  return { type: "delta", from, to, position: `e1:${to}:aaaaaaaa`, delta };
}
