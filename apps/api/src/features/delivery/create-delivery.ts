import type { Db } from "@halyard/db";
import { sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { CommittedRevision } from "../revisions/index.ts";
import { createStreamCounts } from "./counts.ts";
import type { Delivery, RevisionNews } from "./delivery.ts";
import { type FeedListener, localFeed } from "./feed.ts";
import { createGate, LOAD_TIMEOUT_MS } from "./gate.ts";
import { createHub, type LiveHub } from "./hub.ts";
import { createIdentities } from "./identities.ts";
import { startKeyUses } from "./key-uses.ts";
import { readKeys } from "./keys.queries.ts";
import { createKeys } from "./keys.ts";
import { loadEnvironment } from "./load.ts";
import { createOutage } from "./outage.ts";
import { startPoll } from "./poll.ts";
import { createRedisFeed } from "./redis-feed.ts";

export interface DeliveryOptions {
  readonly db: Db;
  /** Without it other nodes hear by the version poll. */
  readonly redisUrl?: string | undefined;
  readonly log: Logger;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** Between two looks at the database's versions. @default 1_000 */
  readonly pollMs?: number;
}

/** A node without its Redis is ready after this long: nothing but speed depends on it. */
const WAIT_FOR_REDIS_MS = 10_000;

interface Slot {
  readonly loading: Promise<LiveHub>;
  hub: LiveHub | undefined;
  /** Heard while it was loading. */
  readonly early: CommittedRevision[];
  /** Its keys changed, and could not be read yet. */
  areKeysOld: boolean;
  behind: number;
}

export function createDelivery({ db, redisUrl, log, now = Date.now, pollMs = 1_000 }: DeliveryOptions): Delivery {
  const slots = new Map<number, Slot>();
  const listeners = new Set<(revision: RevisionNews) => void>();
  const gate = createGate(now);
  const startedAt = now();
  const revisions = { written: 0, heard: 0 };
  let isReady = false;
  let isRetired = false;

  const heard: FeedListener = {
    revision(revision) {
      revisions.heard++;
      receive(revision);
    },
    changed: (environmentId) => void slots.get(environmentId)?.hub?.catchUp().catch(outageOfLog.failed),
    identity: (environmentId, identifier) => identities.drop(environmentId, identifier),
    gap: () => poll.now(),
  };
  const outageOfLog = createOutage(log, {
    failed: "the database does not answer; flags go on being served from memory",
    recovered: "the database answers again",
  });
  const feed = redisUrl === undefined ? localFeed : createRedisFeed({ url: redisUrl, listener: heard, log });
  const identities = createIdentities({ db, gate, now, onForget: (id, identifier) => feed.publishIdentity(id, identifier) });
  const keys = createKeys({ db, gate, now, load: (environmentId) => open(environmentId).loading });
  const uses = startKeyUses({ db, gate, now, keys, log });
  const poll = startPoll({
    db,
    gate,
    outage: outageOfLog,
    everyMs: pollMs,
    environmentIds: () => [...slots].filter(([, slot]) => slot.hub).map(([id]) => id),
    onHead: async (environmentId, head) => {
      const slot = slots.get(environmentId);
      if (!slot?.hub) return;
      if (!head) {
        drop(environmentId);
        return;
      }
      slot.behind = Math.max(0, head.version - slot.hub.current().version);
      if (!slot.hub.isAt(head)) await slot.hub.catchUp();
      if (slot.areKeysOld) await refreshKeys(environmentId);
    },
  });

  function open(environmentId: number): Slot {
    const open = slots.get(environmentId);
    if (open) return open;
    const slot: Slot = { loading: start(environmentId), hub: undefined, early: [], areKeysOld: false, behind: 0 };
    slots.set(environmentId, slot);
    slot.loading.then(
      (hub) => {
        slot.hub = hub;
        for (const revision of slot.early.splice(0)) hub.receive(revision);
      },
      () => drop(environmentId),
    );
    return slot;
  }

  async function start(environmentId: number): Promise<LiveHub> {
    // First listen, then read: what happens in between is heard or read, or both.
    await feed.subscribe(environmentId);
    const load = () => loadEnvironment(db, environmentId);
    const loaded = await gate(load, LOAD_TIMEOUT_MS);
    keys.replace(environmentId, loaded.keys);
    return createHub({
      environmentId,
      start: loaded,
      db,
      gate,
      log,
      load,
      onRevision: tell,
      onReplaced: (again) => keys.replace(environmentId, again.keys),
      onDeleted: () => drop(environmentId),
    });
  }

  function drop(environmentId: number): void {
    slots.get(environmentId)?.hub?.close();
    slots.delete(environmentId);
    keys.replace(environmentId, []);
    feed.unsubscribe(environmentId);
  }

  function receive(revision: CommittedRevision): void {
    const slot = slots.get(revision.environmentId);
    if (slot?.hub) slot.hub.receive(revision);
    else slot?.early.push(revision);
  }

  function tell(revision: RevisionNews): void {
    const { environmentId, kind, subjects } = revision;
    if (kind.startsWith("key.")) void refreshKeys(environmentId).catch(outageOfLog.failed);
    if (kind === "identity.deleted") {
      for (const it of subjects) if (it.startsWith("identity:")) identities.drop(environmentId, it.slice("identity:".length));
    }
    for (const listener of [...listeners]) {
      try {
        listener(revision);
      } catch (error) {
        // One listener's mistake must not keep a revision from the others.
        log.error({ err: error, environmentId }, "a listener failed");
      }
    }
  }

  async function refreshKeys(environmentId: number): Promise<void> {
    const slot = slots.get(environmentId);
    if (slot) slot.areKeysOld = true;
    const rows = await gate(() => readKeys(db, environmentId));
    if (slots.get(environmentId) !== slot || !slot) return;
    keys.replace(environmentId, rows);
    slot.areKeysOld = false;
  }

  return {
    announce(committed) {
      revisions.written += committed.length;
      for (const revision of committed) {
        feed.publish(revision);
        if (slots.has(revision.environmentId)) receive(revision);
        else tell(revision);
      }
    },
    environment: (environmentId) => open(environmentId).loading,
    resolveKey: (key) => keys.resolve(key),
    peek(key) {
      const holder = keys.peek(key);
      const hub = holder && slots.get(holder.environmentId)?.hub;
      return hub && { holder, hub };
    },
    isKeyInForce: (holder) => keys.isInForce(holder),
    onRevision(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    identities,
    counts: createStreamCounts(),
    async isReady() {
      if (isRetired) return false;
      if (isReady) return true;
      if (!feed.isConnected() && now() - startedAt < WAIT_FOR_REDIS_MS) return false;
      try {
        await gate(async () => db.execute(sql`select 1`));
        isReady = true;
      } catch (error) {
        outageOfLog.failed(error);
      }
      return isReady;
    },
    report: () => ({
      hasDatabase: !outageOfLog.isOut(),
      hasRedis: redisUrl === undefined ? undefined : feed.isConnected(),
      environments: [...slots].flatMap(([environmentId, { hub, behind }]) =>
        hub ? [{ environmentId, version: hub.current().version, behind }] : [],
      ),
      revisions,
    }),
    retire() {
      isRetired = true;
    },
    async close() {
      poll.stop();
      await uses.close();
      for (const slot of slots.values()) slot.hub?.close();
      slots.clear();
      listeners.clear();
      await feed.close();
    },
  };
}
