import type { IncomingHttpHeaders } from "node:http";
import { fromNodeHeaders } from "better-auth/node";
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
  auth,
  db,
}: Pick<Services, "auth" | "db">): (headers: IncomingHttpHeaders) => Promise<Actor | null> {
  const readApiKey = createApiKeyReader(db);
  return async (headers) => {
    const [, key] = API_KEY.exec(headers.authorization ?? "") ?? [];
    if (key !== undefined) return readApiKey(key);
    if (headers.cookie === undefined) return null;
    const session = await auth.api.getSession({ headers: fromNodeHeaders(headers) });
    if (!session) return null;
    const { id, name, email } = session.user;
    return { kind: "person", userId: id, name, email };
  };
}

export type Authenticate = ReturnType<typeof createAuthenticate>;
