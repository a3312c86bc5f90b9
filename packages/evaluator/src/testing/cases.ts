import identityOverrides from "../../cases/identity-overrides.json";
import multivariate from "../../cases/multivariate.json";
import nesting from "../../cases/nesting.json";
import off from "../../cases/off.json";
import operators from "../../cases/operators.json";
import overrides from "../../cases/overrides.json";
import paths from "../../cases/paths.json";
import semver from "../../cases/semver.json";
import split from "../../cases/split.json";
import table from "../../cases/table.json";
import unicode from "../../cases/unicode.json";
import type { Context, Evaluation, IdentityOverrides, Snapshot } from "../model.ts";

/** The language-neutral cases: any implementation of Halyard's evaluation must give these answers. */
export interface CaseFile {
  readonly version: 1;
  readonly snapshots: Readonly<
    Record<string, { readonly snapshot: Snapshot; readonly identityOverrides?: readonly IdentityOverrides[] }>
  >;
  readonly cases: readonly (readonly [name: string, snapshot: string, flagKey: string, context: Context, expected: Evaluation])[];
}

const files = { identityOverrides, multivariate, nesting, off, operators, overrides, paths, semver, split, table, unicode };

export const caseFiles = Object.entries(files as unknown as Readonly<Record<string, CaseFile>>);
