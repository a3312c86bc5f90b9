import type { RevisionKind } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import type { environment } from "@halyard/db/schema";
import type { Delta, SegmentListEdit } from "@halyard/evaluator/model";
import type { Actor } from "../../actor.ts";

/** Ids of what a write touches. Things it makes are unknown before; the write names them when it is done. */
export interface Touches {
  readonly flags?: readonly number[];
  readonly segments?: readonly number[];
  /** Identities whose overrides change. */
  readonly identities?: readonly number[];
  /** The environment's own settings. */
  readonly settings?: boolean;
}

/** An edit of lists that is stored as the segment's next version. It is not looked for by comparing, as the lists may be long. */
export interface EditedList extends SegmentListEdit {
  readonly key: string;
}

export interface RevisionRequest {
  readonly actor: Actor;
  readonly kind: RevisionKind;
  readonly comment?: string | undefined;
  /** Several only where one write reaches every project of an organisation. */
  readonly project: number | readonly number[];
  /** "all" locks the project first, so that a new environment cannot miss it. */
  readonly environments: readonly number[] | "all";
  readonly touches: Touches;
  /** More subjects under which history finds this, such as `flag:new-checkout` for an identity's override of it. */
  readonly about?: readonly string[];
  /** Written even where nothing that SDKs see has changed, such as a new key. */
  readonly always?: boolean;
  readonly expected?: Expectation | undefined;
  readonly request?: RequestOrigin | undefined;
}

/** The caller saw `subject` at `version` of the environment; a later revision of it is a conflict. */
export interface Expectation {
  readonly environmentId: number;
  readonly version: number;
  readonly subject: string;
  /** The row as it is now, for the caller to look at. */
  readonly current: (tx: Db) => Promise<unknown>;
}

export interface RequestOrigin {
  readonly address: string | null;
  readonly requestId: string | null;
}

/** What the feed is told after the commit: enough to apply it without asking the database. */
export interface CommittedRevision {
  readonly environmentId: number;
  readonly from: number;
  readonly to: number;
  readonly epoch: string;
  /** Of the revision before: who holds another one is on another history. */
  readonly previousHash: string;
  readonly hash: string;
  readonly updatedAt: Date;
  readonly kind: RevisionKind;
  readonly subjects: readonly string[];
  readonly actor: string;
  readonly delta: Delta;
}

export interface RevisionStore {
  readonly db: Db;
  /** Called after the commit, in version order. A hint: who misses it finds out by version. */
  readonly announce: (revisions: readonly CommittedRevision[]) => void;
}

export type LockedEnvironment = Pick<
  typeof environment.$inferSelect,
  "id" | "projectId" | "slug" | "version" | "headHash" | "epoch"
>;
