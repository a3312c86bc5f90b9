import { createHmac, timingSafeEqual } from "node:crypto";
import type { KeyHolder } from "../../features/delivery/index.ts";

/** A token is made for the rest of its window and the next one: 15 to 30 minutes. */
const WINDOW_MS = 15 * 60_000;
/** Windows begin at as many different times, so that not everybody who listens renews at once. */
const PHASES = 16;
const MOST_KEPT = 10_000;

export interface StreamToken {
  readonly text: string;
  /** Milliseconds since 1970; the same for everybody of one phase until it is renewed. */
  readonly until: number;
}

/** What stands in the address of an event stream in place of a key, as browsers send no headers there. */
export interface StreamTokens {
  /** @param spread any text that differs between clients */
  issue(holder: KeyHolder, spread: string): StreamToken;
  /** Undefined for one that is not ours, or over. */
  read(text: string): KeyHolder | undefined;
}

export function createStreamTokens(secret: string, now: () => number = Date.now): StreamTokens {
  const key = createHmac("sha256", secret).update("halyard event stream").digest();
  const issued = new Map<string, StreamToken>();

  const sign = (payload: string): Buffer => createHmac("sha256", key).update(payload).digest();

  function make({ environmentId, kind, keyId }: KeyHolder, until: number): StreamToken {
    const payload = Buffer.from(JSON.stringify([environmentId, kind, keyId, until])).toString("base64url");
    return { text: `${payload}.${sign(payload).toString("base64url")}`, until };
  }

  return {
    issue(holder, spread) {
      const phase = phaseOf(spread);
      const name = `${phase} ${holder.keyId}`;
      const until = endOfNextWindow(now(), phase);
      const before = issued.get(name);
      if (before?.until === until) return before;
      if (issued.size >= MOST_KEPT) issued.clear();
      const token = make(holder, until);
      issued.set(name, token);
      return token;
    },
    read(text) {
      const [payload = "", signature = ""] = text.split(".", 2);
      const given = Buffer.from(signature, "base64url");
      const right = sign(payload);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      const [environmentId, kind, keyId, until] = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as [
        number,
        KeyHolder["kind"],
        string,
        number,
      ];
      return now() < until ? { environmentId, kind, keyId } : undefined;
    },
  };
}

function endOfNextWindow(at: number, phase: number): number {
  const offset = (phase * WINDOW_MS) / PHASES;
  return (Math.floor((at - offset) / WINDOW_MS) + 2) * WINDOW_MS + offset;
}

function phaseOf(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length && i < 200; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0;
  return (hash >>> 0) % PHASES;
}
