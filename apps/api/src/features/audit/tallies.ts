import type { Db } from "@halyard/db";
import { member, user } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import type { Logger } from "pino";
import { type Actor, actorRef, system } from "../../actor.ts";
import { recordAudit } from "./audit.service.ts";

const FLUSH_MS = 60_000;
/** Kinds of refusal kept in one minute; whoever makes more of them is slowed by the limits. */
const MOST_KINDS = 1_000;

export interface Denial {
  readonly organisationId: number;
  readonly actor: Actor;
  /** What was asked for, such as `flags.setEnabled`. */
  readonly procedure: string;
}

/** What was refused, counted in memory and stored as one row a minute and kind: refusals must not be a way to make the server write. */
export interface AuditTallies {
  denied(denial: Denial): void;
  /** Who has that address is looked up later, so that the answer takes as long for one that nobody has. */
  signInFailed(email: string): void;
  flush(): Promise<void>;
  /** Flushes a last time and stops. */
  close(): Promise<void>;
}

type Store = (tx: Db, count: number) => Promise<void>;
interface Tally {
  count: number;
  readonly store: Store;
}

export function createAuditTallies({ db, log }: { readonly db: Db; readonly log: Pick<Logger, "error"> }): AuditTallies {
  let tallies = new Map<string, Tally>();
  let flushing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();

  function count(kind: string, store: Store): void {
    const known = tallies.get(kind);
    if (known) known.count++;
    else if (tallies.size < MOST_KINDS) tallies.set(kind, { count: 1, store });
  }

  async function storeAll(): Promise<void> {
    const taken = [...tallies.values()];
    tallies = new Map();
    for (const { count, store } of taken) {
      try {
        await db.transaction((tx) => store(tx, count));
      } catch (error) {
        log.error({ err: error }, "what was refused could not be written to the audit log");
      }
    }
  }

  const flush = () => (flushing = flushing.then(storeAll));

  return {
    denied({ organisationId, actor, procedure }) {
      count(`denied ${organisationId} ${actorRef(actor)} ${procedure}`, (tx, times) =>
        recordAudit(tx, {
          organisationId,
          actor,
          action: "access.denied",
          subject: `procedure:${procedure}`,
          after: { count: times },
        }),
      );
    },
    signInFailed(email) {
      count(`sign-in ${email.toLowerCase()}`, (tx, times) => storeFailedSignIns(tx, email.toLowerCase(), times));
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

/** One row in every organisation of the person, before they are let in. */
export async function recordSignIn(
  db: Db,
  userId: string,
  how: { readonly method: string; readonly secondFactor: string; readonly address: string | null },
): Promise<void> {
  await db.transaction(async (tx) => {
    const [person] = await tx.select({ name: user.name, email: user.email }).from(user).where(eq(user.id, userId));
    if (!person) return;
    for (const organisationId of await organisationsOf(tx, userId)) {
      await recordAudit(tx, {
        organisationId,
        actor: { kind: "person", userId, ...person },
        action: "sign-in.succeeded",
        subject: `user:${userId}`,
        after: { method: how.method, secondFactor: how.secondFactor },
        request: { address: how.address, requestId: null },
      });
    }
  });
}

async function storeFailedSignIns(tx: Db, email: string, count: number): Promise<void> {
  const [person] = await tx.select({ id: user.id }).from(user).where(eq(user.email, email));
  if (!person) return;
  for (const organisationId of await organisationsOf(tx, person.id)) {
    await recordAudit(tx, {
      organisationId,
      actor: system("sign-in"),
      action: "sign-in.failed",
      subject: `user:${person.id}`,
      after: { count },
    });
  }
}

async function organisationsOf(db: Db, userId: string): Promise<number[]> {
  const rows = await db.select({ id: member.organisationId }).from(member).where(eq(member.userId, userId));
  return rows.map((row) => row.id);
}
