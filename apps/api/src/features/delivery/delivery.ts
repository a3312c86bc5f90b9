import type { AttributeValue, CompiledEnvironment, Delta } from "@halyard/evaluator";
import type { CommittedRevision } from "../revisions/index.ts";

/** The read side: environments in memory, kept current. Everything an SDK is answered from. */
export interface Delivery {
  /** Told of a commit by this process; tells local listeners and other nodes. */
  announce(revisions: readonly CommittedRevision[]): void;
  /** The environment's hub, loaded at first use. @throws AppError `not_found`, or `unavailable` while it was never loaded and the database is away */
  environment(environmentId: number): Promise<Hub>;
  /** Whose key this is, from memory once it was seen. @throws AppError `unauthenticated`, or `unavailable` where that cannot be told now */
  resolveKey(key: string): Promise<KeyHolder>;
  /** Every revision this node hears of, whichever node wrote it; for the dashboard's live view. @returns stops listening */
  onRevision(
    listener: (revision: Pick<CommittedRevision, "environmentId" | "to" | "kind" | "subjects" | "actor">) => void,
  ): () => void;
  readonly identities: Identities;
  /** True once it can answer: the database has answered, and Redis where there is one. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

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
  /** What a client at `position` has missed: one merged delta, nothing, or `undefined` where only a snapshot helps. */
  since(position: string): Promise<HubChange | "current" | undefined>;
}

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
  /** Stored traits of an identifier; empty for an unknown one. `fresh: false` where the database was away and nothing was cached. */
  traits(environmentId: number, identifier: string): Promise<StoredTraits>;
  /** Stores traits (null deletes), grouped with other writes; resolves after the commit. Makes the identity with its first trait. */
  write(environmentId: number, identifier: string, traits: Readonly<Record<string, AttributeValue>>): Promise<void>;
  /** Drops what is cached, here and on other nodes. */
  forget(environmentId: number, identifier: string): void;
}

export interface StoredTraits {
  readonly traits: ReadonlyMap<string, { readonly id: number; readonly value: string | number | boolean }>;
  readonly fresh: boolean;
}
