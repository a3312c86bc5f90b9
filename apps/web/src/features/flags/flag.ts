import type { JsonValue } from "@halyard/evaluator/model";
import type { OutputOf } from "../../lib/procedures.ts";
import type { ItemOf } from "../../lib/queries.ts";

export type FlagSummary = ItemOf<"flags.list">;
export type FlagDetail = OutputOf<"flags.get">;
export type Variant = FlagSummary["variants"][number];
export type ValueType = FlagSummary["valueType"];
export type Prerequisite = FlagDetail["prerequisites"][number];
export type SegmentOverride = FlagDetail["segmentOverrides"][number];
export type IdentityOverride = FlagDetail["identityOverrides"][number];

/** What somebody gets: the part shared by a flag's own state and every override. */
export interface State {
  readonly enabled: boolean;
  readonly value: JsonValue;
  readonly weights: readonly { readonly variant: string; readonly weight: number }[];
  /** Attribute whose value is placed among the variants; undefined for the identity. */
  readonly bucketBy?: string | undefined;
}

/** Keyless variants come from imports only. */
export const variantName = (variant: Pick<Variant, "id" | "key">): string => variant.key ?? `#${variant.id}`;

export const stateIn = (flag: FlagSummary, environment: string) => flag.states.find((it) => it.environment === environment);

/** A boolean flag is its on/off state. */
export const hasValue = (flag: Pick<FlagSummary, "valueType">): boolean => flag.valueType !== "boolean";
