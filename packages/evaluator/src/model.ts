/**
 * The shape of everything evaluation reads and answers. Plain JSON: it is stored, sent over the wire and compiled as it is.
 * Words follow OpenFeature where it has one (flag key, variant, targeting key, reason) and Flagsmith where it has not (segment, override).
 */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What a flag answers with. A `boolean` flag has no value of its own: it *is* its on/off state. */
export type ValueType = "boolean" | "string" | "number" | "json";

/** Everything needed to evaluate one environment at one version, without identity overrides. */
export interface Snapshot {
  readonly environment: EnvironmentSettings;
  readonly flags: readonly Flag[];
  readonly segments: readonly Segment[];
}

export interface EnvironmentSettings {
  readonly id: number;
  readonly name: string;
  /** Salt of every identity's bucket, with the identifier: `<bucketingKey>_<identifier>`. Never changes, so keys can be rotated. */
  readonly bucketingKey: string;
  readonly project: { readonly id: number; readonly name: string };
  readonly organisation: { readonly id: number; readonly name: string };
  /** Effective setting: the environment's own, or else its project's. */
  readonly hideDisabledFlags: boolean;
  readonly allowClientTraits: boolean;
  readonly hideSensitiveData: boolean;
  /**
   * What `$.now` is where it is compared with a constant: milliseconds since 1970. Written with the revision that crosses the
   * boundary, so that one version of an environment has one answer, on every node and in every SDK.
   */
  readonly clock?: number;
}

/** What someone gets: the part shared by a flag's own state and every override of it. */
export interface FlagState {
  readonly enabled: boolean;
  /** `null` for boolean flags and for flags that have no value yet. With variants this is the control. */
  readonly value: JsonValue;
  /** In bucket order. Weights are percentages, 0 to 100, and sum to at most 100; the rest is control. */
  readonly variants: readonly WeightedVariant[];
  /** First half of the hash that picks a variant. Survives weight changes, so nobody moves who need not. */
  readonly seed: string;
  /** Property whose value is placed among the variants, as a condition names it. Absent: the identity. Not set: nobody is placed. */
  readonly bucketBy?: string;
}

export interface WeightedVariant {
  readonly id: number;
  /** `null` only for options imported from Flagsmith without a key. */
  readonly key: string | null;
  readonly value: JsonValue;
  readonly weight: number;
}

export interface Flag extends FlagState {
  readonly id: number;
  readonly key: string;
  readonly valueType: ValueType;
  /** Never shown to client-side keys. */
  readonly serverOnly: boolean;
  /** Lowest `priority` wins; overrides of segments that do not match are ignored. */
  readonly overrides: readonly SegmentOverride[];
  /** All must be met, whoever's state would win; otherwise the flag is off. */
  readonly prerequisites?: readonly Prerequisite[];
  /** Nothing here takes part in evaluation. */
  readonly metadata: FlagMetadata;
}

/** What another flag of the same environment must answer for this one to be on. A flag that is missing, or part of a cycle, meets nothing. */
export interface Prerequisite {
  readonly flagId: number;
  /** Whether it must be on or off. */
  readonly enabled: boolean;
  /** Key of the variant it must answer with, or `"control"`; absent: any. */
  readonly variant?: string;
}

export interface FlagMetadata {
  readonly description: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** State and value that new environments start with. */
  readonly defaultEnabled: boolean;
  readonly defaultValue: JsonValue;
}

export interface SegmentOverride extends FlagState {
  readonly id: number;
  readonly segmentId: number;
  /** 0 is the strongest. */
  readonly priority: number;
}

export interface Segment {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  /** First half of the hash of percentage splits; emitted as the segment's id to Flagsmith SDKs. */
  readonly seed: string;
  /** All must match; a segment without rules matches nobody. */
  readonly rules: readonly Rule[];
  /** Rises with each change of name or rules; what a {@link SegmentListEdit} is an edit of. */
  readonly version?: number;
}

export interface Rule {
  readonly type: RuleType;
  readonly conditions: readonly Condition[];
  readonly rules: readonly Rule[];
}

export const RULE_TYPES = ["ALL", "ANY", "NONE"] as const;
export type RuleType = (typeof RULE_TYPES)[number];

export const OPERATORS = [
  "EQUAL",
  "NOT_EQUAL",
  "GREATER_THAN",
  "GREATER_THAN_INCLUSIVE",
  "LESS_THAN",
  "LESS_THAN_INCLUSIVE",
  "CONTAINS",
  "NOT_CONTAINS",
  "IN",
  "REGEX",
  "MODULO",
  "PERCENTAGE_SPLIT",
  "IS_SET",
  "IS_NOT_SET",
  "NOT_IN",
  "STARTS_WITH",
  "NOT_STARTS_WITH",
  "ENDS_WITH",
  "NOT_ENDS_WITH",
  "NOT_REGEX",
  "BEFORE",
  "AFTER",
  "ON",
  "SEMVER_RANGE",
] as const;
export type Operator = (typeof OPERATORS)[number];

/** Operators whose value may be a list. */
export const LIST_OPERATORS: readonly Operator[] = ["IN", "NOT_IN"];
/** Operators whose value is a date, an instant or `$.now`. */
export const DATE_OPERATORS: readonly Operator[] = ["BEFORE", "AFTER", "ON"];
/** Operators that heed `ignoreCase`. Patterns have `(?i)` for that. */
export const CASE_OPERATORS: readonly Operator[] = [
  "EQUAL",
  "NOT_EQUAL",
  "CONTAINS",
  "NOT_CONTAINS",
  ...LIST_OPERATORS,
  "STARTS_WITH",
  "NOT_STARTS_WITH",
  "ENDS_WITH",
  "NOT_ENDS_WITH",
];

export interface Condition {
  readonly operator: Operator;
  /**
   * Trait name, or one of the paths `$.environment.name`, `$.identity.identifier`, `$.identity.key`, `$.identity.traits…`; for
   * {@link DATE_OPERATORS} also `$.now`. Blank only for PERCENTAGE_SPLIT: the identity.
   */
  readonly property: string;
  /**
   * Text as Flagsmith stores it (`"18"`, `"1.2.0:semver"`, `"3|0"`), the list of an IN or NOT_IN, a date (`"2026-03-01"`), an
   * instant (`"2026-03-01T09:00:00Z"`) or `"$.now"`, a version range (`"^1.2.0"`). Ignored by IS_SET and IS_NOT_SET.
   */
  readonly value: string | readonly string[];
  /** Compares texts after Unicode's simple lower-casing. Only for {@link CASE_OPERATORS}. */
  readonly ignoreCase?: boolean;
  /**
   * For an attribute that is a list: whether one element or every element must pass. An empty list passes neither. Absent: a
   * list counts as not set. Not for PERCENTAGE_SPLIT.
   */
  readonly elements?: "any" | "all";
}

/** One identity's own state of one flag; stronger than every segment. */
export interface IdentityOverride extends FlagState {
  readonly id: number;
  readonly flagId: number;
}

/** The second keyed part of an environment: all overrides of one identity. An empty list removes the identity. */
export interface IdentityOverrides {
  readonly identifier: string;
  readonly overrides: readonly IdentityOverride[];
}

/**
 * What one revision, or several in a row, changed. Applying it to the snapshot at `from` gives the snapshot at `to`;
 * every entry replaces the thing with its id (or identifier) as a whole, so applying it twice changes nothing.
 */
export interface Delta {
  readonly environment?: EnvironmentSettings;
  readonly flags?: Changes<Flag>;
  readonly segments?: Changes<Segment>;
  /** Applied after `segments`. */
  readonly segmentLists?: readonly SegmentListEdit[];
  readonly identityOverrides?: readonly IdentityOverrides[];
}

/** One segment's next version, where nothing but the lists of some conditions differ: a list of 100,000 costs what was edited. */
export interface SegmentListEdit {
  readonly segmentId: number;
  /** Versions of the segment: applied where it is at `from`, ignored where it is anywhere else; see `segmentsNotAt`. */
  readonly from: number;
  readonly to: number;
  readonly lists: readonly ListEdit[];
}

export interface ListEdit {
  /** Positions of the rules from the segment's own down, and last the condition's among its rule's: `[0, 2, 1]`. */
  readonly path: readonly number[];
  /** Put at the end, unless the list has them; after the removal. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface Changes<T> {
  readonly upserted: readonly T[];
  /** Ids. */
  readonly removed: readonly number[];
}

/** Whom a flag is decided for: OpenFeature's evaluation context. Attributes are Flagsmith's traits. */
export interface Context {
  /** The identity's identifier. Without it nobody is bucketed and no identity override applies. */
  readonly targetingKey?: string | undefined;
  readonly attributes?: Attributes | undefined;
  /** What `$.now` is where it is compared with an attribute: milliseconds since 1970. Evaluation has no clock of its own. */
  readonly now?: number | undefined;
}

export type AttributeScalar = string | number | boolean | null;
export type AttributeValue = AttributeScalar | readonly AttributeScalar[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** OpenFeature's reasons, verbatim. */
export type Reason = "TARGETING_MATCH" | "SPLIT" | "DISABLED" | "DEFAULT" | "ERROR";
/** OpenFeature's error codes that evaluation itself can give. */
export type ErrorCode = "FLAG_NOT_FOUND" | "PARSE_ERROR" | "GENERAL";

/** The answer for one flag and one context. */
export interface Evaluation {
  readonly enabled: boolean;
  readonly valueType: ValueType;
  /**
   * A boolean flag's value is `enabled`. Any other flag keeps its value when off (Flagsmith's clients read it);
   * whoever serves Halyard's own clients gives the caller's default instead when `reason` is `DISABLED`.
   */
  readonly value: JsonValue;
  /** Key of the variant; `"control"` where variants exist and none was hit; `null` without variants, without identity, or for a keyless option. */
  readonly variant: string | null;
  readonly reason: Reason;
  /** Whose state won. */
  readonly source: "environment" | "segment" | "identity";
  /** Name of the winning segment. Never shown to client-side keys. */
  readonly segment?: string;
  /** Weight of the variant that was hit, in percent. */
  readonly weight?: number;
  /** Key of the first prerequisite that was not met, or `#<id>` of a flag that is missing; `reason` is `DISABLED` then. Never shown to client-side keys. */
  readonly prerequisite?: string;
  readonly errorCode?: ErrorCode;
}
