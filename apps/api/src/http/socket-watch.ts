import type { Logger } from "pino";
import type { WebSocket } from "ws";
import type { Actor } from "../actor.ts";
import type { Sessions } from "../auth/index.ts";
import type { Services } from "../context.ts";
import { apiKeysInForce } from "../features/api-keys/index.ts";

/** Whoever signs out, or whose key is revoked, is off every open socket within this and one question's time. */
const EVERY_MS = 3_000;
const SIGNED_OUT = 4401;

export interface SocketWatch {
  /** Closes the socket once the credential it was opened with is no longer good. */
  add(ws: WebSocket, actor: Actor | null): void;
  close(): void;
}

export interface SocketWatchOptions {
  readonly db: Services["db"];
  readonly sessions: Sessions;
  readonly log: Logger;
  /** @default 3 s */
  readonly everyMs?: number;
}

/** One question for all sockets of a node, however many there are. */
export function createSocketWatch({ db, sessions, log, everyMs = EVERY_MS }: SocketWatchOptions): SocketWatch {
  const bySession = createRegister<string>();
  const byApiKey = createRegister<number>();

  const look = async () => {
    try {
      bySession.keepOnly(await sessions.stillGood(bySession.ids()));
      byApiKey.keepOnly(await apiKeysInForce(db, byApiKey.ids()));
    } catch (error) {
      // The database may be away for a while; nobody is signed out by that.
      log.debug({ err: error }, "sessions of open sockets could not be looked at");
    }
  };
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  }, everyMs);
  timer.unref();

  return {
    add(ws, actor) {
      if (actor?.kind === "person" && actor.sessionId !== undefined) bySession.add(actor.sessionId, ws);
      if (actor?.kind === "program") byApiKey.add(actor.apiKeyId, ws);
    },
    close: () => clearInterval(timer),
  };
}

function createRegister<Id>() {
  const sockets = new Map<Id, Set<WebSocket>>();
  /** What was asked about; a socket that was opened since is not judged by an older answer. */
  let asked: readonly Id[] = [];
  return {
    add(id: Id, ws: WebSocket) {
      const same = sockets.get(id) ?? new Set();
      sockets.set(id, same.add(ws));
      ws.once("close", () => {
        same.delete(ws);
        if (same.size === 0 && sockets.get(id) === same) sockets.delete(id);
      });
    },
    ids: () => (asked = [...sockets.keys()]),
    keepOnly(good: ReadonlySet<Id>) {
      for (const id of asked) if (!good.has(id)) for (const ws of sockets.get(id) ?? []) ws.close(SIGNED_OUT);
    },
  };
}
