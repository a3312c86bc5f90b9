import { can, type Grant } from "@halyard/contracts/permissions";
import type { LiveEvent, RevisionKind } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { environment } from "@halyard/db/schema";
import { and, asc, eq } from "drizzle-orm";
import type { Actor } from "../../actor.ts";
import type { Services } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { groupBy } from "../../group-by.ts";
import type { Project } from "../../scope.ts";
import { toTRPCError } from "../../trpc.ts";
import { resolveActors } from "../audit/index.ts";
import type { Delivery, RevisionNews } from "../delivery/index.ts";
import { createQueue } from "./queue.ts";

/** Events that wait for one slow reader before those of an environment become one. */
const MOST_WAITING = 1_000;
/** Things that a merged event names. */
const MOST_SUBJECTS = 100;

export interface Following extends Pick<Services, "db" | "delivery" | "log" | "standings"> {
  readonly actor: Actor;
  readonly grants: readonly Grant[];
  readonly project: Pick<Project, "id" | "slug" | "organisationId">;
}

/**
 * Every revision of those environments of a project that the actor may see, from now on, until `signal` aborts.
 *
 * @throws TRPCError `NOT_FOUND` within seconds after the actor lost sight of the project
 */
export async function* followProject(ctx: Following, signal: AbortSignal | undefined): AsyncGenerator<LiveEvent, undefined> {
  const { db, delivery, log, project } = ctx;
  const { id: projectId, organisationId } = project;
  const place = { organisation: organisationId, project: projectId };
  let { grants } = ctx;
  const lost = new AbortController();
  const unfollow = ctx.standings.follow({ actor: ctx.actor, organisationId }, (now) => {
    grants = now;
    if (!can(grants, "VIEW_PROJECT", place)) lost.abort();
  });
  const queue = createQueue<RevisionNews>({ limit: MOST_WAITING, merge: mergeByEnvironment });
  const slugOf = createSlugs(db, projectId);
  const nameOf = createNames(db);
  // Listens before it asks for anything, so that nothing falls between.
  const stop = delivery.onRevision((news) => queue.push(news));
  try {
    const ids = await slugOf.all();
    await Promise.all(ids.map((id) => load(delivery, id).catch((error: unknown) => log.debug({ err: error }, "not loaded"))));
    for await (const news of queue.drain(signal ? AbortSignal.any([signal, lost.signal]) : lost.signal)) {
      const slug = await slugOf.one(news.environmentId);
      if (slug === undefined || !can(grants, "VIEW_ENVIRONMENT", { ...place, environment: news.environmentId })) continue;
      // Only `withRevision` names kinds, and it knows no others.
      const kind = news.kind as RevisionKind;
      yield { environment: slug, version: news.to, kind, subjects: news.subjects, actor: await nameOf(news.actor) };
    }
  } finally {
    unfollow();
    stop();
  }
  if (lost.signal.aborted) throw toTRPCError(notFound("project", project.slug));
  return undefined;
}

/** A node hears of other nodes' revisions only for environments it holds. */
const load = async (delivery: Delivery, id: number) => delivery.environment(id);

/** A reader that is far behind asks for everything again anyway; it must only learn where. */
function mergeByEnvironment(waiting: RevisionNews[]): RevisionNews[] {
  return [...groupBy(waiting, (it) => it.environmentId).values()].flatMap((group) => {
    const last = group.at(-1);
    const subjects = [...new Set(group.flatMap((it) => it.subjects))].slice(-MOST_SUBJECTS);
    return last ? [{ ...last, subjects }] : [];
  });
}

/** Slugs of the project's environments by id; they never change. Undefined for another project's. */
function createSlugs(db: Db, projectId: number) {
  const known = new Map<number, string | undefined>();
  return {
    async all(): Promise<number[]> {
      const rows = await db
        .select({ id: environment.id, slug: environment.slug })
        .from(environment)
        .where(eq(environment.projectId, projectId))
        .orderBy(asc(environment.id));
      for (const row of rows) known.set(row.id, row.slug);
      return rows.map((row) => row.id);
    },
    async one(id: number): Promise<string | undefined> {
      if (known.has(id)) return known.get(id);
      const [row] = await db
        .select({ slug: environment.slug })
        .from(environment)
        .where(and(eq(environment.id, id), eq(environment.projectId, projectId)));
      known.set(id, row?.slug);
      return row?.slug;
    },
  };
}

/** Names of actors; somebody who is unknown stays the reference. */
function createNames(db: Db) {
  const known = new Map<string, string>();
  return async (ref: string): Promise<string> => {
    const name = known.get(ref) ?? (await resolveActors(db, [ref])).get(ref) ?? ref;
    known.set(ref, name);
    return name;
  };
}
