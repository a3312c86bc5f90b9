import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * Secret keys have the form `<prefix><id>_<secret>_<crc>`. The id finds the row, only the secret's hash is stored, and the checksum
 * (CRC-32 of all before it, 8 hex digits) tells a mistyped or invented key without asking the database.
 */
export const SERVER_KEY_PREFIX = "ser.";
export const API_KEY_PREFIX = "hal_";
type Prefix = typeof SERVER_KEY_PREFIX | typeof API_KEY_PREFIX;

/** Client-side keys are public: they are their own id. */
export const CLIENT_KEY_PREFIX = "env_";

const LOWER = "0123456789abcdefghijklmnopqrstuvwxyz";
const BASE62 = `${LOWER}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const ID_LENGTH = 12;
/** 256 bits. */
const SECRET_LENGTH = 43;
const CLIENT_KEY_LENGTH = 22;
const LONGEST = 200;
const FORM = /^([A-Za-z0-9]{8,})_([A-Za-z0-9]{32,})_([0-9a-f]{8})$/;

export interface SecretKey {
  /** Shown once. */
  readonly key: string;
  readonly keyId: string;
  readonly secretHash: Buffer;
}

export function makeSecretKey(prefix: Prefix): SecretKey {
  const keyId = random(LOWER, ID_LENGTH);
  const secret = random(BASE62, SECRET_LENGTH);
  const body = `${prefix}${keyId}_${secret}`;
  return { key: `${body}_${checksum(body)}`, keyId, secretHash: hashSecret(secret) };
}

export const makeClientKey = (): string => CLIENT_KEY_PREFIX + random(BASE62, CLIENT_KEY_LENGTH);

/** @returns `undefined` for what cannot be a key: another form, or a checksum that does not fit */
export function parseSecretKey(prefix: Prefix, key: string): { readonly keyId: string; readonly secret: string } | undefined {
  if (key.length > LONGEST || !key.startsWith(prefix)) return undefined;
  const [, keyId, secret, crc] = FORM.exec(key.slice(prefix.length)) ?? [];
  if (keyId === undefined || secret === undefined) return undefined;
  return checksum(`${prefix}${keyId}_${secret}`) === crc ? { keyId, secret } : undefined;
}

/** Plain SHA-256 is enough: the secret is random, so there is nothing to guess from a stolen hash. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest();

export const secretMatches = (secret: string, hash: Buffer): boolean =>
  hash.length === 32 && timingSafeEqual(hashSecret(secret), hash);

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, "0");

const random = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
