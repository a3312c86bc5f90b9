import type { Db } from "@halyard/db";
import type { EnvironmentSettings, Flag, IdentityOverrides, Segment, Snapshot } from "@halyard/evaluator/model";
import { readSegmentVersions, refName, type SegmentRef } from "./segment-versions.queries.ts";

/** An environment's whole content as a checkpoint keeps it: segments by reference, as in deltas. */
interface StoredSnapshot {
  readonly environment: EnvironmentSettings;
  readonly flags: readonly Flag[];
  readonly segments: readonly SegmentRef[];
  readonly identityOverrides: readonly IdentityOverrides[];
}

/** Checkpoints held segments whole before they had versions. */
interface EarlierStoredSnapshot {
  readonly snapshot: Snapshot;
  readonly identityOverrides: readonly IdentityOverrides[];
}

export interface Content {
  readonly snapshot: Snapshot;
  readonly identityOverrides: readonly IdentityOverrides[];
}

export function toStoredSnapshot({ snapshot, identityOverrides }: Content): StoredSnapshot {
  const segments = snapshot.segments.map(({ id, version = 0 }) => ({ id, version }));
  return { environment: snapshot.environment, flags: snapshot.flags, segments, identityOverrides };
}

export async function parseStoredSnapshot(tx: Db, body: string): Promise<Content> {
  // Written by `toStoredSnapshot`, or before it.
  const stored = JSON.parse(body) as StoredSnapshot | EarlierStoredSnapshot;
  if ("snapshot" in stored) return stored;
  const { environment, flags, identityOverrides } = stored;
  const versions = await readSegmentVersions(tx, stored.segments);
  const segments = stored.segments.flatMap((ref): Segment[] => {
    const found = versions.get(refName(ref));
    return found ? [found] : [];
  });
  return { snapshot: { environment, flags, segments }, identityOverrides };
}
