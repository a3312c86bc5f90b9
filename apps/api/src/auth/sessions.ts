import type { IncomingHttpHeaders } from "node:http";
import type { Db } from "@halyard/db";
import { session as sessionTable } from "@halyard/db/schema";
import { fromNodeHeaders } from "better-auth/node";
import { and, eq, gt, inArray, lt } from "drizzle-orm";
import type { Auth } from "./create-auth.ts";

/** How exact "last used" is: a session in constant use costs one write in this time. */
const USED_EVERY_MS = 60_000;

export interface Sessions {
  /** The session of a request's cookie, with its person; null where there is none, or it is over. Using it keeps it from being idle. */
  read(headers: IncomingHttpHeaders): ReturnType<Auth["api"]["getSession"]>;
  /** Which of these are still good, in one question. */
  stillGood(ids: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface SessionsOptions {
  readonly db: Db;
  readonly auth: () => Auth;
  readonly idleMs: number;
}

export function createSessions({ db, auth, idleMs }: SessionsOptions): Sessions {
  return {
    async read(headers) {
      const found = await auth().api.getSession({ headers: fromNodeHeaders(headers) });
      if (!found) return null;
      const { id, updatedAt } = found.session;
      const idle = Date.now() - updatedAt.getTime();
      if (idle >= idleMs) {
        await db.delete(sessionTable).where(eq(sessionTable.id, id));
        return null;
      }
      if (idle >= USED_EVERY_MS) {
        const before = new Date(Date.now() - USED_EVERY_MS);
        await db
          .update(sessionTable)
          .set({ updatedAt: new Date() })
          .where(and(eq(sessionTable.id, id), lt(sessionTable.updatedAt, before)));
      }
      return found;
    },
    async stillGood(ids) {
      if (ids.length === 0) return new Set();
      const now = Date.now();
      const rows = await db
        .select({ id: sessionTable.id })
        .from(sessionTable)
        .where(
          and(
            inArray(sessionTable.id, [...ids]),
            gt(sessionTable.expiresAt, new Date(now)),
            gt(sessionTable.updatedAt, new Date(now - idleMs)),
          ),
        );
      return new Set(rows.map((row) => row.id));
    },
  };
}
