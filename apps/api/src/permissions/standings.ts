import type { Grant } from "@halyard/contracts/permissions";
import type { Db } from "@halyard/db";
import type { Logger } from "pino";
import { type Actor, actorRef } from "../actor.ts";
import { readHolding } from "./grants.queries.ts";

export interface Standings {
  /** Tells every few seconds what the actor holds in an organisation, until the returned function is called. */
  follow(part: Followed, heard: (grants: readonly Grant[]) => void): () => void;
  close(): void;
}

interface Followed {
  readonly actor: Actor;
  readonly organisationId: number;
}

export interface StandingsOptions {
  readonly db: Db;
  readonly log: Logger;
  /** @default 3 s */
  readonly everyMs?: number;
}

type Listener = (grants: readonly Grant[]) => void;

/**
 * What people with open subscriptions may still see. A call asks anew each time; a subscription has been asked once, so one look
 * for all of a node's subscriptions, once for each person and organisation, finds changed roles and removed members.
 */
export function createStandings({ db, log, everyMs = 3_000 }: StandingsOptions): Standings {
  const followed = new Map<string, Followed & { readonly listeners: Set<Listener> }>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function look(): Promise<void> {
    for (const { actor, organisationId, listeners } of [...followed.values()]) {
      if (isClosed) return;
      const holding = await readHolding(db, actor, organisationId);
      for (const listener of listeners) listener(holding?.grants ?? []);
    }
  }

  function schedule(): void {
    if (timer !== undefined || isClosed || followed.size === 0) return;
    timer = setTimeout(() => {
      look()
        // The database may be away for a while; nobody loses anything by that.
        .catch((error: unknown) => log.debug({ err: error }, "what open subscriptions may see could not be looked at"))
        .finally(() => {
          timer = undefined;
          schedule();
        });
    }, everyMs);
    timer.unref();
  }

  return {
    follow({ actor, organisationId }, heard) {
      const key = `${actorRef(actor)} ${organisationId}`;
      const entry = followed.get(key) ?? { actor, organisationId, listeners: new Set() };
      followed.set(key, entry);
      entry.listeners.add(heard);
      schedule();
      return () => {
        entry.listeners.delete(heard);
        if (entry.listeners.size === 0 && followed.get(key) === entry) followed.delete(key);
      };
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
