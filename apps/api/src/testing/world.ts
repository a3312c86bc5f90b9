import { randomBytes } from "node:crypto";
import type { Database, Db } from "@halyard/db";
import { environment, environmentKey, member, organisation, project, user } from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { and, eq } from "drizzle-orm";
import { type Logger, pino } from "pino";
import { type Actor, system } from "../actor.ts";
import { createAuth } from "../auth.ts";
import { readConfig } from "../config.ts";
import type { Context, Services } from "../context.ts";
import { createProject } from "../features/projects/index.ts";
import type { CommittedRevision } from "../features/revisions/index.ts";
import { createMail } from "../mail/index.ts";
import { appRouter } from "../router.ts";
import type { Environment, Organisation, Project } from "../scope.ts";
import { createCallerFactory } from "../trpc.ts";
import { createQuietDelivery } from "./delivery.ts";

/** `stranger` administers another organisation; `nobody` is not signed in. */
export type Who = "administrator" | "member" | "stranger" | "nobody";

export interface WorldOptions {
  /** Give the database of another world to share it. @default a new, empty one */
  readonly database?: Database;
  readonly log?: Logger;
}

const factory = createCallerFactory(appRouter);

/** An organisation with a project, three environments and people, on a real database; nobody else has anything in it. */
export async function createWorld(options: WorldOptions = {}) {
  const database = options.database ?? (await openTestDatabase());
  const announced: CommittedRevision[] = [];
  const log = options.log ?? pino({ level: "silent" });
  const services = createServices({ db: database.db, log, heard: (revisions) => announced.push(...revisions) });
  const home = await insertOrganisation(database.db, "Acme");
  const foreign = await insertOrganisation(database.db, "Elsewhere");
  const actors = {
    administrator: await insertPerson(database.db, "Ada Administrator", { organisationId: home.id, role: "administrator" }),
    member: await insertPerson(database.db, "Mel Member", { organisationId: home.id, role: "member" }),
    stranger: await insertPerson(database.db, "Sam Stranger", { organisationId: foreign.id, role: "administrator" }),
    nobody: null,
  } satisfies Record<Who, Actor | null>;
  const made = await createProject(
    { revisions: services.revisions, actor: system("test"), organisation: home },
    { name: "Web shop" },
  );

  const contextOf = (actor: Actor | null): Context => ({
    ...services,
    actor,
    request: { address: "203.0.113.7", requestId: "test" },
  });
  /** The row as it is now. */
  const environmentNow = async (slug: string): Promise<Environment> => {
    const [row] = await database.db
      .select()
      .from(environment)
      .where(and(eq(environment.projectId, made.id), eq(environment.slug, slug)));
    if (!row) throw new Error(`The world has no environment ${slug}.`);
    return row;
  };
  const [projectRow] = await database.db.select().from(project).where(eq(project.id, made.id));

  return {
    database,
    db: database.db,
    services,
    organisation: { ...home, role: "administrator" } satisfies Organisation,
    foreign,
    project: projectRow as Project,
    /** As they were at the beginning. */
    environments: {
      development: await environmentNow("development"),
      staging: await environmentNow("staging"),
      production: await environmentNow("production"),
    },
    /** The first part of every input. */
    inProject: { organisation: home.slug, project: made.slug },
    inEnvironment: { organisation: home.slug, project: made.slug, environment: "production" },
    actors,
    /** Everything that was announced since the beginning, in order. */
    announced,
    environmentNow,
    contextOf,
    callerAs: (who: Who) => factory(contextOf(actors[who])),
    caller: (actor: Actor | null) => factory(contextOf(actor)),
    /** The client-side key an environment is made with. */
    clientKeyOf: async (slug: string): Promise<string> => {
      const [key] = await database.db
        .select()
        .from(environmentKey)
        .where(eq(environmentKey.environmentId, (await environmentNow(slug)).id));
      if (!key) throw new Error(`${slug} has no key.`);
      return key.keyId;
    },
    close: async () => {
      await services.delivery.close();
      if (!options.database) await database.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

interface ServiceOptions {
  readonly db: Db;
  readonly log: Logger;
  readonly heard: (revisions: readonly CommittedRevision[]) => void;
}

function createServices({ db, log, heard }: ServiceOptions): Services {
  const delivery = createQuietDelivery();
  return {
    db,
    log,
    delivery,
    revisions: {
      db,
      announce: (revisions) => {
        heard(revisions);
        delivery.announce(revisions);
      },
    },
    auth: createAuth({ db, secret: "a secret only for tests, thirty-two long", baseUrl: "http://localhost:8000" }),
    mail: createMail({ settings: readConfig({}).mail, log }),
  };
}

const word = () => randomBytes(4).toString("hex");

async function insertOrganisation(db: Db, name: string) {
  const [row] = await db
    .insert(organisation)
    .values({ name, slug: `${name.toLowerCase()}-${word()}` })
    .returning();
  if (!row) throw new TypeError("An insert returns its row.");
  return row;
}

type Person = Extract<Actor, { kind: "person" }>;

async function insertPerson(
  db: Db,
  name: string,
  membership: { readonly organisationId: number; readonly role: "administrator" | "member" },
): Promise<Person> {
  const id = word();
  const email = `${name.split(" ")[0]?.toLowerCase()}-${id}@example.com`;
  await db.insert(user).values({ id, name, email });
  await db.insert(member).values({ userId: id, ...membership });
  return { kind: "person", userId: id, name, email };
}
