import type { Attributes, Context, EnvironmentSettings } from "./model.ts";

/** A context made ready for many conditions. */
export interface Subject {
  readonly attributes: Attributes;
  readonly identifier: string | null;
  /** What buckets hash; `null` without an identity. */
  readonly key: string | null;
  readonly environmentName: string;
  /** `$.now` where it is compared with a constant, and where it is compared with an attribute. */
  readonly clock: number | null;
  readonly now: number | null;
  /** Differs between any two evaluations of this process, so that a segment can remember its answer for one of them. */
  readonly turn: number;
}

const NO_ATTRIBUTES: Attributes = Object.freeze({});

let turns = 0;

export function subjectOf(environment: Pick<EnvironmentSettings, "name" | "bucketingKey" | "clock">, context: Context): Subject {
  // The door's type may be a lie: contexts come from programs without types.
  const given = context as Context | null | undefined;
  const targetingKey: unknown = given?.targetingKey;
  const attributes: unknown = given?.attributes;
  const now = momentOf(given?.now);
  const clock = environment.clock ?? null;
  const identifier = typeof targetingKey === "string" ? targetingKey : null;
  return {
    attributes: isAttributes(attributes) ? attributes : NO_ATTRIBUTES,
    identifier,
    key: identifier === null ? null : `${environment.bucketingKey}_${identifier}`,
    environmentName: environment.name,
    clock: clock ?? now,
    now: now ?? clock,
    turn: ++turns,
  };
}

function momentOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null;
}
