import { randomBytes } from "node:crypto";
import type { Role } from "@halyard/contracts/permissions";
import type { Database, Db } from "@halyard/db";
import { apiKey, environment, environmentKey, member, organisation, project, user } from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { and, eq } from "drizzle-orm";
import { type Logger, pino } from "pino";
import { type Actor, system } from "../actor.ts";
import { createSignIn } from "../auth/index.ts";
import { readConfig } from "../config.ts";
import type { Context, Services } from "../context.ts";
import { createAuditTallies, recordSignIn } from "../features/audit/index.ts";
import { isInvited } from "../features/invitations/index.ts";
import { API_KEY_PREFIX, makeSecretKey } from "../features/keys/index.ts";
import { assignFromClaims } from "../features/members/index.ts";
import { createProject } from "../features/projects/index.ts";
import type { CommittedRevision } from "../features/revisions/index.ts";
import { createSigningKey } from "../features/verification/index.ts";
import { createLimits } from "../limits/index.ts";
import { createMail } from "../mail/index.ts";
import { createStandings } from "../permissions/standings.ts";
import { appRouter } from "../router.ts";
import type { Environment, Project } from "../scope.ts";
import { createCallerFactory } from "../trpc.ts";
import { createQuietDelivery } from "./delivery.ts";

/** The first four by their role in the organisation; `stranger` owns another one; `nobody` is not signed in. */
export type Who = Role | "stranger" | "nobody";

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
    owner: await insertPerson(database.db, "Olga Owner", { organisationId: home.id, role: "owner" }),
    admin: await insertPerson(database.db, "Ada Admin", { organisationId: home.id, role: "admin" }),
    editor: await insertPerson(database.db, "Ed Editor", { organisationId: home.id, role: "editor" }),
    viewer: await insertPerson(database.db, "Vic Viewer", { organisationId: home.id, role: "viewer" }),
    stranger: await insertPerson(database.db, "Sam Stranger", { organisationId: foreign.id, role: "owner" }),
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
    organisation: home,
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
    /** A program with an API key of its own. */
    insertProgram: (role: Exclude<Role, "owner"> | null) => insertProgram(database.db, home.id, role),
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
      services.standings.close();
      await services.delivery.close();
      await services.tallies.close();
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
  const config = readConfig({});
  const mail = createMail({ settings: config.mail, log });
  const tallies = createAuditTallies({ db, log });
  const signIn = createSignIn({
    db,
    secret: "a secret only for tests, thirty-two long",
    baseUrl: "http://localhost:8000",
    log,
    mail,
    settings: config.signIn,
    mailIsSent: false,
    membership: {
      isInvited: (email) => isInvited(db, email),
      assignFromClaims: (userId, claims) => assignFromClaims(db, userId, claims),
      signedIn: (userId, how) => recordSignIn(db, userId, how),
      signInFailed: (email) => tallies.signInFailed(email),
    },
  });
  return {
    db,
    log,
    baseUrl: "http://localhost:8000",
    delivery,
    revisions: {
      db,
      announce: (revisions) => {
        heard(revisions);
        delivery.announce(revisions);
      },
    },
    standings: createStandings({ db, log, everyMs: 20 }),
    verification: { publicKey: createSigningKey("a secret only for tests, thirty-two long").publicKey, retentionDays: undefined },
    signIn,
    get auth() {
      return signIn.auth;
    },
    mail,
    tallies,
    limits: createLimits({ redisUrl: undefined, log, managementPerMinute: 1_000_000 }),
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

type Program = Extract<Actor, { kind: "program" }>;

async function insertProgram(db: Db, organisationId: number, role: Role | null): Promise<Program> {
  const { keyId, secretHash } = makeSecretKey(API_KEY_PREFIX);
  const [row] = await db.insert(apiKey).values({ organisationId, name: "CI", role, keyId, secretHash }).returning();
  if (!row) throw new TypeError("An insert returns its row.");
  return { kind: "program", apiKeyId: row.id, organisationId, name: "CI" };
}

type Person = Extract<Actor, { kind: "person" }>;

async function insertPerson(
  db: Db,
  name: string,
  membership: { readonly organisationId: number; readonly role: Role | null },
): Promise<Person> {
  const id = word();
  const email = `${name.split(" ")[0]?.toLowerCase()}-${id}@example.com`;
  await db.insert(user).values({ id, name, email });
  await db.insert(member).values({ userId: id, ...membership });
  return { kind: "person", userId: id, name, email, sessionId: `session-${id}` };
}
