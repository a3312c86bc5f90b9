import { createHash } from "node:crypto";
import type { Db } from "@halyard/db";
import type { Changes, Delta, EnvironmentSettings, Flag, IdentityOverrides } from "@halyard/evaluator/model";
import canonicalize from "canonicalize";
import type { Change } from "./readable.ts";
import { readListEdits, readSegmentVersions, refName, type SegmentRef } from "./segment-versions.queries.ts";

/** A revision's delta as it is stored: segments by reference, because a list of 100,000 values must not be copied into every environment's log. */
export interface StoredDelta {
  readonly environment?: EnvironmentSettings;
  readonly flags?: Changes<Flag>;
  readonly segments?: Omit<Changes<unknown>, "upserted"> & { readonly upserted: readonly SegmentRef[] };
  /** By the version they made. */
  readonly segmentLists?: readonly SegmentRef[];
  readonly identityOverrides?: readonly IdentityOverrides[];
}

export interface RevisionBody {
  readonly version: number;
  readonly kind: string;
  readonly actor: string;
  readonly comment: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly delta: StoredDelta;
  readonly changes: readonly Change[];
}

/** RFC 8785: the same bytes whoever writes them, so the hash can be checked by anyone. */
export function toCanonicalText(body: RevisionBody): string {
  const text = canonicalize(body);
  if (text === undefined) throw new TypeError("A revision's body must be JSON.");
  return text;
}

export const chainHash = (previousHash: string, text: string): string =>
  createHash("sha256").update(previousHash).update("\n").update(text).digest("hex");

export const parseBody = (text: string): RevisionBody => JSON.parse(text) as RevisionBody;

/** Puts the referred segments and edits back in. */
export async function resolveDeltas(tx: Db, stored: readonly StoredDelta[]): Promise<Delta[]> {
  const versions = await readSegmentVersions(
    tx,
    stored.flatMap((delta) => delta.segments?.upserted ?? []),
  );
  const edits = await readListEdits(
    tx,
    stored.flatMap((delta) => delta.segmentLists ?? []),
  );
  return stored.map(({ segments, segmentLists, ...rest }) => ({
    ...rest,
    ...(segments && {
      segments: { ...segments, upserted: segments.upserted.flatMap((ref) => versions.get(refName(ref)) ?? []) },
    }),
    ...(segmentLists && { segmentLists: segmentLists.flatMap((ref) => edits.get(refName(ref)) ?? []) }),
  }));
}
