import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";

/** DER of an Ed25519 private key (RFC 8410) up to its 32 bytes. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

export interface SigningKey {
  /** SubjectPublicKeyInfo, base64: what others check signatures with. */
  readonly publicKey: string;
  /** Base64. */
  readonly sign: (text: string) => string;
}

/** Made from the installation's secret, so every process has the same one and none is stored. */
export function createSigningKey(secret: string): SigningKey {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "halyard audit head", 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
  return {
    publicKey: createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64"),
    sign: (text) => sign(null, Buffer.from(text), key).toString("base64"),
  };
}

/** False also for a key or signature that is none. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), toKey(publicKey), Buffer.from(signature, "base64"));
  } catch {
    // Not a key at all.
    return false;
  }
}

const toKey = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
