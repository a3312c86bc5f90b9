import type { IncomingHttpHeaders } from "node:http";
import type { Actor } from "../actor.ts";
import type { Services } from "../context.ts";
import { createApiKeyReader } from "../features/api-keys/index.ts";

const API_KEY = /^Api-Key +(\S+) *$/i;

/**
 * Reads who asks: a program by `Authorization: Api-Key …`, else a person by the session cookie, else nobody.
 *
 * @throws AppError `unauthenticated` for a wrong API key: silence would look like missing rights
 */
export function createAuthenticate({
  signIn,
  db,
}: Pick<Services, "signIn" | "db">): (headers: IncomingHttpHeaders) => Promise<Actor | null> {
  const readApiKey = createApiKeyReader(db);
  return async (headers) => {
    const [, key] = API_KEY.exec(headers.authorization ?? "") ?? [];
    if (key !== undefined) return readApiKey(key);
    if (headers.cookie === undefined) return null;
    const found = await signIn.sessions.read(headers);
    if (!found) return null;
    const { id, name, email, twoFactorEnabled } = found.user;
    return { kind: "person", userId: id, name, email, sessionId: found.session.id, hasTwoFactor: twoFactorEnabled === true };
  };
}

export type Authenticate = ReturnType<typeof createAuthenticate>;
