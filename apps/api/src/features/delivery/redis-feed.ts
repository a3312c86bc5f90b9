import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Feed, FeedListener } from "./feed.ts";
import { decodeHint, decodeRevision, encodeRevision } from "./feed-message.ts";
import { createOutage } from "./outage.ts";

const REVISIONS = "halyard:revisions:";
const IDENTITIES = "halyard:identities:";
/** A connection that answers no PING for this long is dead, whatever TCP thinks. */
const PING_EVERY_MS = 5_000;
/** Loading an environment does not wait longer than this for Redis. */
const SUBSCRIBE_TIMEOUT_MS = 500;

export interface RedisFeedOptions {
  readonly url: string;
  readonly listener: FeedListener;
  readonly log: Logger;
}

/** Redis publish/subscribe, one channel per loaded environment. Nothing depends on it but how fast other nodes hear. */
export function createRedisFeed({ url, listener, log }: RedisFeedOptions): Feed {
  const origin = randomBytes(8).toString("hex");
  const outage = createOutage(log, {
    failed: "Redis is away: other nodes hear of changes by their version poll, within a second or two",
    recovered: "Redis is back",
  });
  const common = { retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 2_000) * (0.5 + Math.random() / 2) };
  // An outage is an error at once: a burst of old messages after it would help nobody.
  const publisher = new Redis(url, { ...common, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 1_000 });
  const subscriber = new Redis(url, { ...common, maxRetriesPerRequest: null });
  const channels = new Set<string>();
  let isClosed = false;

  for (const connection of [publisher, subscriber]) connection.on("error", (error) => outage.failed(error));
  subscriber.on("ready", () => {
    outage.recovered();
    // What was subscribed before is subscribed again by now or in a moment, and what was said meanwhile is lost.
    resubscribe().catch((error: unknown) => outage.failed(error));
  });
  subscriber.on("message", (channel, text) => {
    if (channel.startsWith(REVISIONS)) readRevision(Number(channel.slice(REVISIONS.length)), text);
    else if (channel.startsWith(IDENTITIES)) readHint(Number(channel.slice(IDENTITIES.length)), text);
  });

  async function resubscribe(): Promise<void> {
    if (channels.size > 0) await subscriber.subscribe(...channels);
    listener.gap();
  }

  function readRevision(environmentId: number, text: string): void {
    const revision = decodeRevision(text);
    if (revision?.environmentId === environmentId) listener.revision(revision);
    else listener.changed(environmentId);
  }

  function readHint(environmentId: number, text: string): void {
    const hint = decodeHint(text);
    if (hint && hint.origin !== origin) listener.identity(environmentId, hint.identifier);
  }

  const publish = (channel: string, text: string) => {
    publisher.publish(channel, text).catch((error: unknown) => outage.failed(error));
  };

  const heartbeat = setInterval(() => {
    for (const connection of [publisher, subscriber]) if (connection.status === "ready") void expectAnswer(connection);
  }, PING_EVERY_MS);
  heartbeat.unref();

  async function expectAnswer(connection: Redis): Promise<void> {
    const isSilent = setTimeout(() => connection.disconnect(true), PING_EVERY_MS - 500);
    try {
      await connection.ping();
    } catch (error) {
      if (!isClosed) outage.failed(error);
    } finally {
      clearTimeout(isSilent);
    }
  }

  return {
    async subscribe(environmentId) {
      const wanted = [channelOf(REVISIONS, environmentId), channelOf(IDENTITIES, environmentId)];
      for (const channel of wanted) channels.add(channel);
      const acknowledged = subscriber.subscribe(...wanted);
      // `ready` subscribes again, and the version poll covers the time until then.
      acknowledged.catch((error: unknown) => outage.failed(error));
      await Promise.race([acknowledged.catch(() => undefined), sleep(SUBSCRIBE_TIMEOUT_MS)]);
    },
    unsubscribe(environmentId) {
      const gone = [channelOf(REVISIONS, environmentId), channelOf(IDENTITIES, environmentId)];
      for (const channel of gone) channels.delete(channel);
      subscriber.unsubscribe(...gone).catch((error: unknown) => outage.failed(error));
    },
    publish: (revision) => publish(channelOf(REVISIONS, revision.environmentId), encodeRevision(revision)),
    publishIdentity: (environmentId, identifier) =>
      publish(channelOf(IDENTITIES, environmentId), JSON.stringify({ origin, identifier })),
    isConnected: () => publisher.status === "ready" && subscriber.status === "ready",
    close() {
      isClosed = true;
      clearInterval(heartbeat);
      for (const connection of [publisher, subscriber]) {
        connection.removeAllListeners("error");
        connection.on("error", () => undefined);
        connection.disconnect();
      }
      return Promise.resolve();
    },
  };
}

const channelOf = (prefix: string, environmentId: number): string => `${prefix}${environmentId}`;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
