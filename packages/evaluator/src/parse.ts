import { MAX_VALUE_DEPTH } from "./json.ts";
import type {
  Changes,
  Delta,
  EnvironmentSettings,
  Flag,
  FlagMetadata,
  FlagState,
  IdentityOverride,
  IdentityOverrides,
  JsonValue,
  Prerequisite,
  SegmentOverride,
  Snapshot,
  ValueType,
  WeightedVariant,
} from "./model.ts";
import { segmentLists, segments } from "./parse-segments.ts";
import * as read from "./read.ts";

interface Failure {
  readonly ok: false;
  /** Path and fault, such as `flags[3].variants[0].weight: must be a number from 0 to 100`. */
  readonly error: string;
}

const VALUE_TYPES: readonly ValueType[] = ["boolean", "string", "number", "json"];
/** Sums of decimal percentages miss 100 by rounding. */
const WEIGHT_TOLERANCE = 1e-6;

/**
 * Reads a snapshot that came from elsewhere. It is taken or refused as a whole; unknown members are ignored.
 *
 * @throws never
 */
export function parseSnapshot(input: unknown): { readonly ok: true; readonly snapshot: Snapshot } | Failure {
  const result = read.attempt(() => snapshot(input));
  return result.ok ? { ok: true, snapshot: result.value } : result;
}

/** Reads a list of `IdentityOverrides`, as `parseSnapshot` reads a snapshot. */
export function parseIdentityOverrides(
  input: unknown,
): { readonly ok: true; readonly identityOverrides: readonly IdentityOverrides[] } | Failure {
  const result = read.attempt(() => identityOverridesList(input));
  return result.ok ? { ok: true, identityOverrides: result.value } : result;
}

/** Reads a delta, as `parseSnapshot` reads a snapshot. */
export function parseDelta(input: unknown): { readonly ok: true; readonly delta: Delta } | Failure {
  const result = read.attempt(() => delta(input));
  return result.ok ? { ok: true, delta: result.value } : result;
}

function snapshot(input: unknown): Snapshot {
  return read.object(input, (field) => ({
    environment: field("environment", environment),
    flags: field("flags", flags),
    segments: field("segments", segments),
  }));
}

function delta(input: unknown): Delta {
  return read.object(input, (_field, optional) => ({
    ...optional("environment", environment),
    ...optional("flags", changes(flags)),
    ...optional("segments", changes(segments)),
    ...optional("segmentLists", segmentLists),
    ...optional("identityOverrides", identityOverridesList),
  }));
}

function changes<T>(entries: read.Reader<readonly T[]>): read.Reader<Changes<T>> {
  return (input) =>
    read.object(input, (field) => ({ upserted: field("upserted", entries), removed: field("removed", read.list(read.integer)) }));
}

function environment(input: unknown): EnvironmentSettings {
  return read.object(input, (field, optional) => ({
    id: field("id", read.integer),
    name: field("name", read.text),
    bucketingKey: field("bucketingKey", read.text),
    project: field("project", named),
    organisation: field("organisation", named),
    hideDisabledFlags: field("hideDisabledFlags", read.flag),
    allowClientTraits: field("allowClientTraits", read.flag),
    hideSensitiveData: field("hideSensitiveData", read.flag),
    ...optional("clock", read.integer),
  }));
}

function named(input: unknown): { readonly id: number; readonly name: string } {
  return read.object(input, (field) => ({ id: field("id", read.integer), name: field("name", read.text) }));
}

function flags(input: unknown): readonly Flag[] {
  const entries = read.unique("id", (flag: Flag) => flag.id, read.list(flag));
  return read.unique("key", (flag: Flag) => flag.key, entries)(input);
}

function flag(input: unknown): Flag {
  return read.object(input, (field, optional) => ({
    id: field("id", read.integer),
    key: field("key", read.text),
    valueType: field("valueType", read.oneOf(VALUE_TYPES)),
    serverOnly: field("serverOnly", read.flag),
    ...flagState(field, optional),
    overrides: field("overrides", read.list(segmentOverride)),
    ...optional("prerequisites", read.list(prerequisite)),
    metadata: field("metadata", metadata),
  }));
}

function prerequisite(input: unknown): Prerequisite {
  return read.object(input, (field, optional) => ({
    flagId: field("flagId", read.integer),
    enabled: field("enabled", read.flag),
    ...optional("variant", read.text),
  }));
}

function metadata(input: unknown): FlagMetadata {
  return read.object(input, (field) => ({
    description: field("description", read.nullable(read.text)),
    createdAt: field("createdAt", read.text),
    defaultEnabled: field("defaultEnabled", read.flag),
    defaultValue: field("defaultValue", json),
  }));
}

function flagState(field: read.Fields, optional: read.OptionalFields): FlagState {
  return {
    enabled: field("enabled", read.flag),
    value: field("value", json),
    variants: field("variants", variants),
    seed: field("seed", read.text),
    ...optional("bucketBy", read.text),
  };
}

function variants(input: unknown): readonly WeightedVariant[] {
  const entries = read.list(variant)(input);
  const sum = entries.reduce((total, { weight }) => total + weight, 0);
  return sum <= 100 + WEIGHT_TOLERANCE ? entries : read.refuse("weights must sum to at most 100");
}

function variant(input: unknown): WeightedVariant {
  return read.object(input, (field) => ({
    id: field("id", read.integer),
    key: field("key", read.nullable(read.text)),
    value: field("value", json),
    weight: field("weight", read.percent),
  }));
}

function segmentOverride(input: unknown): SegmentOverride {
  return read.object(input, (field, optional) => ({
    id: field("id", read.integer),
    segmentId: field("segmentId", read.integer),
    priority: field("priority", read.integer),
    ...flagState(field, optional),
  }));
}

function identityOverridesList(input: unknown): readonly IdentityOverrides[] {
  return read.unique("identifier", (entry: IdentityOverrides) => entry.identifier, read.list(identityOverrides))(input);
}

function identityOverrides(input: unknown): IdentityOverrides {
  const overrides = read.unique("flagId", (entry: IdentityOverride) => entry.flagId, read.list(identityOverride));
  return read.object(input, (field) => ({
    identifier: field("identifier", read.text),
    overrides: field("overrides", overrides),
  }));
}

function identityOverride(input: unknown): IdentityOverride {
  return read.object(input, (field, optional) => ({
    id: field("id", read.integer),
    flagId: field("flagId", read.integer),
    ...flagState(field, optional),
  }));
}

/** A copy, so that freezing it does not freeze the caller's own object. */
function json(input: unknown): JsonValue {
  return copyJson(input, MAX_VALUE_DEPTH);
}

function copyJson(input: unknown, levels: number): JsonValue {
  if (input === null || typeof input === "string" || typeof input === "boolean") return input;
  if (typeof input === "number") return Number.isFinite(input) ? input : read.refuse("must be a finite number");
  if (!read.isObject(input)) return read.refuse("must be JSON");
  if (levels === 0) return read.refuse(`values may be nested at most ${MAX_VALUE_DEPTH} deep`);
  if (Array.isArray(input)) return read.list((entry) => copyJson(entry, levels - 1))(input);
  // `fromEntries` defines members, so that one named `__proto__` stays a member.
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, read.within(`.${key}`, () => copyJson(value, levels - 1))]),
  );
}
