import type { Db } from "@halyard/db";
import { AppError } from "../../errors.ts";
import { parseSecretKey, SERVER_KEY_PREFIX, secretMatches } from "../keys/index.ts";
import { createBatch } from "./batch.ts";
import type { KeyHolder } from "./delivery.ts";
import type { Gate } from "./gate.ts";
import { findKeys, type KeyRow } from "./keys.queries.ts";

export interface Keys {
  /** @throws AppError `unauthenticated`, or `unavailable` where the database must be asked and is away */
  resolve(key: string): Promise<KeyHolder>;
  /** From memory alone; undefined for keys that are not good, or not known yet. */
  peek(key: string): KeyHolder | undefined;
  isInForce(holder: KeyHolder): boolean;
  /** Ids of the keys that were good since the last time this was asked. */
  takeUsed(): readonly string[];
  /** All keys of a loaded environment, in place of those known so far. */
  replace(environmentId: number, rows: readonly KeyRow[]): void;
}

export interface KeysOptions {
  readonly db: Db;
  readonly gate: Gate;
  readonly now: () => number;
  /** Loads a key's environment; from then on its keys are kept current. */
  readonly load: (environmentId: number) => Promise<unknown>;
}

interface Known {
  readonly row: KeyRow;
  readonly holder: KeyHolder;
}

const LONGEST = 200;
/** NUL cannot be asked for; nothing beyond printable ASCII is a key. */
const FORM = /^[\x21-\x7e]+$/;
/** A key that was not there is not looked up again for this long. */
const UNKNOWN_MS = 3_000;
const MOST_UNKNOWN = 10_000;
/** Keys that were checked whole, so that their secret is not hashed again for each request. */
const MOST_CHECKED = 10_000;

export function createKeys({ db, gate, now, load }: KeysOptions): Keys {
  const known = new Map<string, Known>();
  const byEnvironment = new Map<number, readonly string[]>();
  const unknownUntil = new Map<string, number>();
  const checked = new Map<string, Known>();
  let used = new Set<string>();

  const find = createBatch<string, KeyRow | undefined>({
    maxSize: 500,
    run: async (keyIds) => {
      const rows = await gate(() => findKeys(db, keyIds));
      return keyIds.map((keyId) => rows.find((row) => row.keyId === keyId));
    },
  });

  async function lookUp(keyId: string): Promise<Known> {
    if (now() < (unknownUntil.get(keyId) ?? 0)) throw unauthenticated();
    const row = await find(keyId);
    if (!row) {
      if (unknownUntil.size >= MOST_UNKNOWN) unknownUntil.clear();
      unknownUntil.set(keyId, now() + UNKNOWN_MS);
      throw unauthenticated();
    }
    await load(row.environmentId);
    // A key made since its environment was loaded, whose revision has not arrived yet.
    return known.get(keyId) ?? remember(row);
  }

  function remember(row: KeyRow): Known {
    const { environmentId, kind, keyId } = row;
    const entry = { row, holder: Object.freeze({ environmentId, kind, keyId }) };
    known.set(keyId, entry);
    const siblings = byEnvironment.get(environmentId) ?? [];
    if (!siblings.includes(keyId)) byEnvironment.set(environmentId, [...siblings, keyId]);
    return entry;
  }

  const isRowInForce = ({ expiresAt, revokedAt }: KeyRow): boolean =>
    revokedAt === null && (expiresAt === null || expiresAt.getTime() > now());

  function check(key: string): Known | undefined {
    const before = checked.get(key);
    // A key that was read again since is another entry, and is checked anew.
    if (before && known.get(before.row.keyId) === before) return before;
    const parsed = parse(key);
    const entry = parsed && known.get(parsed.keyId);
    if (!entry || !isTheirs(entry.row, parsed.secret)) return undefined;
    if (checked.size >= MOST_CHECKED) checked.clear();
    checked.set(key, entry);
    return entry;
  }

  return {
    async resolve(key) {
      const parsed = parse(key);
      if (!parsed) throw unauthenticated();
      const { row, holder } = known.get(parsed.keyId) ?? (await lookUp(parsed.keyId));
      if (!isTheirs(row, parsed.secret) || !isRowInForce(row)) throw unauthenticated();
      used.add(row.keyId);
      return holder;
    },
    peek(key) {
      const entry = check(key);
      if (!entry || !isRowInForce(entry.row)) return undefined;
      used.add(entry.row.keyId);
      return entry.holder;
    },
    takeUsed() {
      const taken = [...used];
      used = new Set();
      return taken;
    },
    isInForce({ keyId, environmentId }) {
      const entry = known.get(keyId);
      return entry !== undefined && entry.row.environmentId === environmentId && isRowInForce(entry.row);
    },
    replace(environmentId, rows) {
      for (const keyId of byEnvironment.get(environmentId) ?? []) known.delete(keyId);
      byEnvironment.delete(environmentId);
      for (const row of rows) {
        remember(row);
        unknownUntil.delete(row.keyId);
      }
    },
  };
}

function parse(key: string): { readonly keyId: string; readonly secret: string | null } | undefined {
  if (key.length > LONGEST || !FORM.test(key)) return undefined;
  return key.startsWith(SERVER_KEY_PREFIX) ? parseSecretKey(SERVER_KEY_PREFIX, key) : { keyId: key, secret: null };
}

const isTheirs = (row: KeyRow, secret: string | null): boolean =>
  secret === null
    ? row.kind === "client"
    : row.kind === "server" && row.secretHash !== null && secretMatches(secret, row.secretHash);

const unauthenticated = () =>
  new AppError(
    "unauthenticated",
    "This environment key is unknown, revoked or expired. Use a key of the environment's Keys page.",
  );
