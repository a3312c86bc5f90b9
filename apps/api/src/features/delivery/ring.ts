import type { Delta } from "@halyard/evaluator/model";

export interface Link {
  readonly from: number;
  readonly to: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly delta: Delta;
}

/** The last links of one history, without a gap. */
export interface Ring {
  push(link: Link): void;
  clear(): void;
  /** Links from `version` to the newest; `undefined` where the ring does not reach back so far or `hash8` is on another history. */
  after(version: number, hash8: string): readonly Link[] | undefined;
}

export function createRing(size: number): Ring {
  const links: Link[] = [];
  return {
    push(link) {
      links.push(link);
      if (links.length > size) links.shift();
    },
    clear() {
      links.length = 0;
    },
    after(version, hash8) {
      const at = links.findIndex((link) => link.from === version);
      return links[at]?.previousHash.slice(0, 8) === hash8 ? links.slice(at) : undefined;
    },
  };
}
