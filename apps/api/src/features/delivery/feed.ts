import type { CommittedRevision } from "../revisions/index.ts";

/** Tells other nodes of revisions, and hears of theirs. Only hints: what is lost is found by version. */
export interface Feed {
  /** Hears of an environment from now on. Never rejects; without its transport it resolves soon. */
  subscribe(environmentId: number): Promise<void>;
  unsubscribe(environmentId: number): void;
  publish(revision: CommittedRevision): void;
  /** Other nodes should drop an identity's traits. */
  publishIdentity(environmentId: number, identifier: string): void;
  isConnected(): boolean;
  close(): Promise<void>;
}

export interface FeedListener {
  revision(revision: CommittedRevision): void;
  /** Something happened that the message does not carry. */
  changed(environmentId: number): void;
  identity(environmentId: number, identifier: string): void;
  /** Messages may have been lost. */
  gap(): void;
}

/** One process needs nobody to tell. */
export const localFeed: Feed = {
  subscribe: () => Promise.resolve(),
  unsubscribe: () => undefined,
  publish: () => undefined,
  publishIdentity: () => undefined,
  isConnected: () => true,
  close: () => Promise.resolve(),
};
