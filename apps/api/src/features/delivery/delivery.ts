import type { AttributeValue, CompiledEnvironment, Delta } from "@halyard/evaluator";
import type { CommittedRevision } from "../revisions/index.ts";
import type { StreamCounts } from "./counts.ts";

/** The read side: environments in memory, kept current. Everything an SDK is answered from. */
export interface Delivery {
  /** Told of a commit by this process; tells local listeners and other nodes. */
  announce(revisions: readonly CommittedRevision[]): void;
  /** The environment's hub, loaded at first use. @throws AppError `not_found`, or `unavailable` while it was never loaded and the database is away */
  environment(environmentId: number): Promise<Hub>;
  /** Whose key this is, from memory once it was seen. @throws AppError `unauthenticated`, or `unavailable` where that cannot be told now */
  resolveKey(key: string): Promise<KeyHolder>;
  /** Both at once from memory, without waiting; undefined where one has to be asked for, or is refused. */
  peek(key: string): { readonly holder: KeyHolder; readonly hub: Hub } | undefined;
  /** False once the key was revoked or has expired, at most 5 s after; asks memory only. Long connections ask it again and again. */
  isKeyInForce(holder: KeyHolder): boolean;
  /**
   * Every revision of a loaded environment, whichever node wrote it, and every one that this node wrote; for the dashboard's live
   * view. Who wants to hear of an environment loads it with `environment`. @returns stops listening
   */
  onRevision(listener: (revision: RevisionNews) => void): () => void;
  readonly identities: Identities;
  /** Kept by the doors, for metrics. */
  readonly counts: StreamCounts;
  /** True from the moment it can answer: the database has answered once, and Redis where there is one (or ten seconds without it). */
  isReady(): Promise<boolean>;
  /** How it stands, for metrics. */
  report(): DeliveryReport;
  /** It is ready no more: the process is about to end. */
  retire(): void;
  close(): Promise<void>;
}

export interface DeliveryReport {
  /** Whether the database answered when it was last asked. */
  readonly hasDatabase: boolean;
  /** Undefined without a Redis. */
  readonly hasRedis: boolean | undefined;
  readonly environments: readonly {
    readonly environmentId: number;
    readonly version: number;
    /** Versions that the database was ahead when it was last asked; what was missing is read then. */
    readonly behind: number;
  }[];
  /** Revisions written by this process, and heard of from others. */
  readonly revisions: { readonly written: number; readonly heard: number };
}

export type RevisionNews = Pick<CommittedRevision, "environmentId" | "to" | "subjects" | "actor"> & { readonly kind: string };

export interface KeyHolder {
  readonly environmentId: number;
  readonly kind: "client" | "server";
  readonly keyId: string;
}

/** One environment in memory. */
export interface Hub {
  readonly environmentId: number;
  current(): EnvironmentState;
  /** Called in version order, once per new state. @returns stops listening */
  subscribe(listener: (change: HubChange) => void): () => void;
  /** Where a client's position stands; one that is ahead of this node makes it look into the log first. */
  locate(position: string): Promise<Place>;
  /**
   * What a client at `position` has missed, as one merged delta up to `current()`; `undefined` where only a snapshot helps: too
   * far behind, not on our history, or the log cannot be read.
   */
  since(position: string): Promise<HubChange | undefined>;
}

/**
 * - `current`: nothing was missed
 * - `behind`: an older version
 * - `ahead`: the database is away and another node is further; the client knows more than this node
 * - `foreign`: of this epoch, yet not in the log: history was replaced while no node was looking
 * - `unknown`: of another epoch, or no position at all
 */
export type Place = "current" | "behind" | "ahead" | "foreign" | "unknown";

/** Immutable; a change makes a new one. */
export interface EnvironmentState {
  readonly version: number;
  readonly epoch: string;
  /** `<epoch>:<version>:<hash8>` */
  readonly position: string;
  /** The one value of `Last-Modified`, documents and events; its whole second is unique per version. */
  readonly updatedAt: Date;
  readonly compiled: CompiledEnvironment;
}

/** From one state to a later one. `delta` is undefined where history was replaced: take the whole state. */
export interface HubChange {
  readonly from: number;
  readonly before: EnvironmentState | undefined;
  readonly after: EnvironmentState;
  readonly delta: Delta | undefined;
}

/** Stored traits, cached for at most 30 s, so a flag read after the first needs no database. */
export interface Identities {
  /** Stored traits of an identifier; empty for an unknown one. `fresh: false` where the database is away: what was cached, however old, or nothing. */
  traits(environmentId: number, identifier: string): Promise<StoredTraits>;
  /**
   * Stores traits (null deletes), grouped with other writes; resolves after the commit. Makes the identity with its first trait.
   * New traits beyond `LIMITS.traitsPerIdentity` are not stored.
   */
  write(environmentId: number, identifier: string, traits: Readonly<Record<string, AttributeValue>>): Promise<void>;
  /** Drops what is cached, here and on other nodes. */
  forget(environmentId: number, identifier: string): void;
  /** Called when the identity's traits were written by a node that this one hears. @returns stops listening */
  watch(identity: { readonly environmentId: number; readonly identifier: string }, listener: () => void): () => void;
}

export interface StoredTraits {
  readonly traits: ReadonlyMap<string, { readonly id: number; readonly value: Exclude<AttributeValue, null> }>;
  readonly fresh: boolean;
}
