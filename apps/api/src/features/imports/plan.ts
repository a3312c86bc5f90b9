import type { ImportReport } from "@halyard/contracts/schemas";
import type { JsonValue, Rule, ValueType } from "@halyard/evaluator/model";

/** What a file asks for, in Halyard's words; each format makes one, and one function carries it out. */
export interface ImportPlan {
  readonly format: ImportReport["format"];
  readonly flags: readonly PlannedFlag[];
  readonly segments: readonly PlannedSegment[];
  /** Only an environment document brings its own environment. */
  readonly environment: PlannedEnvironment | undefined;
  /** Entries that cannot be taken, with the reason. */
  readonly refused: readonly ImportEntry[];
  readonly notes: readonly string[];
}

export type ImportEntry = ImportReport["entries"][number];

export interface PlannedFlag {
  readonly path: string;
  readonly key: string;
  /** Why the key is not the file's name. */
  readonly note: string | null;
  readonly description: string;
  readonly valueType: ValueType;
  readonly serverOnly: boolean;
  readonly defaultEnabled: boolean;
  readonly defaultValue: JsonValue;
  readonly variants: readonly PlannedVariant[];
  readonly state: PlannedState;
}

export interface PlannedVariant {
  readonly key: string | null;
  readonly value: JsonValue;
  readonly defaultWeight: number;
  /** The option's id in the file, by which states name it. */
  readonly source: number;
}

export interface PlannedState {
  readonly enabled: boolean;
  readonly value: JsonValue;
  /** In bucket order; `source` is a {@link PlannedVariant.source}. */
  readonly weights: readonly { readonly source: number; readonly weight: number }[];
  /** Kept so that nobody changes bucket; made anew where the file has none. */
  readonly seed: string | undefined;
}

export interface PlannedSegment {
  readonly path: string;
  readonly name: string;
  readonly seed: string;
  readonly rules: readonly Rule[];
  readonly overrides: readonly { readonly flag: string; readonly priority: number; readonly state: PlannedState }[];
}

export interface PlannedEnvironment {
  readonly name: string;
  readonly bucketingKey: string;
  readonly hideDisabledFlags: boolean | null;
  readonly allowClientTraits: boolean;
  readonly hideSensitiveData: boolean;
  readonly identities: readonly {
    readonly path: string;
    readonly identifier: string;
    readonly overrides: readonly { readonly flag: string; readonly state: PlannedState }[];
  }[];
}

export const refusal = (
  path: string,
  kind: ImportEntry["kind"],
  { name, note }: { name: string; note: string },
): ImportEntry => ({
  path,
  kind,
  name,
  action: "skipped",
  note,
});
