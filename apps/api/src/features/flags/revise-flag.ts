import type { RevisionKind } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import type { InProject } from "../../call.ts";
import { findEnvironment } from "../../scope.ts";
import { type Revised, withRevision } from "../revisions/index.ts";
import { readFlagDetail } from "./flag-detail.queries.ts";
import { type FlagRow, getFlag, getLiveFlag, listOverridingIdentities } from "./flags.queries.ts";

export interface FlagRevision {
  readonly key: string;
  readonly kind: RevisionKind;
  readonly comment?: string | undefined;
  readonly environments: readonly number[] | "all";
  readonly expected?: { readonly environmentId: number; readonly version: number } | undefined;
  /** More subjects, such as the segment of an override. */
  readonly about?: readonly string[];
  /** The change reaches the overrides that identities have of the flag. */
  readonly reachesIdentities?: boolean;
  /** Restoring and deleting are all that can be done to an archived flag. */
  readonly alsoArchived?: boolean;
  readonly always?: boolean;
}

/** One write to an existing flag as a revision. The flag is read again under the lock, as it may have changed before. */
export async function reviseFlag<T>(
  call: InProject,
  revision: FlagRevision,
  write: (tx: Db, flag: FlagRow) => Promise<T>,
): Promise<Revised<T>> {
  const { expected, key, reachesIdentities = false } = revision;
  const find = revision.alsoArchived ? getFlag : getLiveFlag;
  const touchesOf = async (tx: Db, flag: FlagRow) => ({
    flags: [flag.id],
    identities: reachesIdentities ? await listOverridingIdentities(tx, flag.id) : [],
  });
  const { db } = call.revisions;
  return withRevision(
    call.revisions,
    {
      actor: call.actor,
      request: call.request,
      kind: revision.kind,
      comment: revision.comment,
      project: call.project.id,
      environments: revision.environments,
      touches: await touchesOf(db, await find(db, call.project.id, key)),
      about: [...(revision.always ? [`flag:${key}`] : []), ...(revision.about ?? [])],
      always: revision.always ?? false,
      expected: expected && {
        ...expected,
        subject: `flag:${key}`,
        current: async (tx) => readFlagDetail(tx, await getFlag(tx, call.project.id, key), expected.environmentId),
      },
    },
    async (tx) => {
      const flag = await find(tx, call.project.id, key);
      const touched = await touchesOf(tx, flag);
      return { result: await write(tx, flag), touched };
    },
  );
}

/** The environment of a project-wide write's `expected`, which names it by slug. */
export async function findExpected(call: InProject, expected: { environment: string; version: number } | undefined) {
  if (!expected) return undefined;
  const { id } = await findEnvironment(call.revisions.db, call.project.id, expected.environment);
  return { environmentId: id, version: expected.version };
}
