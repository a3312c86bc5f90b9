import type { StreamCounts } from "../../features/delivery/index.ts";
import type { StreamLimits } from "./limits.ts";

/** Decides who may connect. */
export interface Admission {
  /** @returns what gives the place back, or the reason why there is none */
  enter(address: string): (() => void) | keyof StreamCounts["refused"];
  /** As `enter`, once it is known whose connection it is. */
  enterKey(keyId: string): (() => void) | undefined;
  /** From now on nobody may. */
  shut(): void;
}

export function createAdmission(limits: StreamLimits, { open, refused }: StreamCounts): Admission {
  const addresses = createTally(limits.connectionsPerAddress);
  const keys = createTally(limits.connectionsPerKey);
  const takeToken = createBucket(limits.connectsPerSecond);
  let isShut = false;

  function reasonAgainst(): keyof StreamCounts["refused"] | undefined {
    if (isShut) return "closing";
    if (open.connections >= limits.connections) return "total";
    return takeToken() ? undefined : "rate";
  }

  return {
    enter(address) {
      const leave = addresses(networkOf(address));
      const reason = leave ? reasonAgainst() : "address";
      if (!reason && leave) return leave;
      leave?.();
      refused[reason ?? "address"]++;
      return reason ?? "address";
    },
    enterKey(keyId) {
      const leave = keys(keyId);
      if (!leave) refused.key++;
      return leave;
    },
    shut() {
      isShut = true;
    },
  };
}

/** Counts those who are in, by name. @returns what counts one out again, or undefined where there are too many */
function createTally(most: number): (name: string) => (() => void) | undefined {
  const counts = new Map<string, number>();
  return (name) => {
    const count = counts.get(name) ?? 0;
    if (count >= most) return undefined;
    counts.set(name, count + 1);
    return () => {
      const left = (counts.get(name) ?? 1) - 1;
      if (left > 0) counts.set(name, left);
      else counts.delete(name);
    };
  };
}

function createBucket(perSecond: number): () => boolean {
  const most = perSecond * 2;
  let tokens = most;
  let filledAt = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(most, tokens + ((now - filledAt) / 1_000) * perSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}

/** A household has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const groups = head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(":").length;
  return [...groups, ...Array<string>(Math.max(0, missing)).fill("0"), ...(tail?.split(":") ?? [])].slice(0, 4).join(":");
}
