import { createHash, randomBytes } from "node:crypto";

/** 256 bits; only its hash is kept. */
export function makeToken(): { readonly token: string; readonly tokenHash: Buffer } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashToken(token) };
}

/** Plain SHA-256 is enough: the token is random. Looked up by its hash, so that timing tells nothing of it. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** Where the dashboard shows an invitation. Behind `#`, which browsers send to nobody: not to us, and to no site that is linked. */
export const invitationUrl = (baseUrl: string, token: string): string => `${baseUrl}/~/invitation#${token}`;
