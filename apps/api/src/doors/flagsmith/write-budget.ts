/** Stored identities that one public key may cause on this process, per second in the long run and at once. */
const PER_SECOND = 200;
const AT_ONCE = 5_000;
/** Keys remembered; more are forgotten together, which only makes the budget generous for a moment. */
const MAX_KEYS = 10_000;

export interface WriteBudget {
  /** @returns false where the key has to wait: evaluate, but do not store */
  spend(key: string): boolean;
}

/** Whoever reads a page's source has its key; the budget keeps them from filling the database with it. */
export function createWriteBudget(now: () => number = () => performance.now()): WriteBudget {
  const accounts = new Map<string, { left: number; at: number }>();
  return {
    spend(key) {
      const at = now();
      const account = accounts.get(key) ?? { left: AT_ONCE, at };
      if (!accounts.has(key)) {
        if (accounts.size >= MAX_KEYS) accounts.clear();
        accounts.set(key, account);
      }
      account.left = Math.min(AT_ONCE, account.left + ((at - account.at) / 1_000) * PER_SECOND);
      account.at = at;
      if (account.left < 1) return false;
      account.left--;
      return true;
    },
  };
}
