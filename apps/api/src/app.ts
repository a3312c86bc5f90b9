import fastifyHelmet from "@fastify/helmet";
import type { Database } from "@halyard/db";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { Logger } from "pino";
import { createSignIn } from "./auth/index.ts";
import type { Config } from "./config.ts";
import type { Services } from "./context.ts";
import { registerFlagsmith } from "./doors/flagsmith/index.ts";
import { registerOfrep } from "./doors/ofrep/index.ts";
import { createTopics, registerStream, streamUpgrade } from "./doors/stream/index.ts";
import { createEvaluationCounts } from "./features/analytics/index.ts";
import { createAuditTallies, recordSignIn } from "./features/audit/index.ts";
import { clockJob } from "./features/clock/index.ts";
import { createDelivery } from "./features/delivery/index.ts";
import { isInvited } from "./features/invitations/index.ts";
import { startJobs } from "./features/jobs/index.ts";
import { assignFromClaims } from "./features/members/index.ts";
import { createSigningKey, verificationJobs } from "./features/verification/index.ts";
import { createAddressOf } from "./http/address.ts";
import { registerAuditExport } from "./http/audit-export.routes.ts";
import { registerAuth } from "./http/auth.routes.ts";
import { createAuthenticate } from "./http/authenticate.ts";
import { registerDashboard } from "./http/dashboard.ts";
import { registerDocs } from "./http/docs.routes.ts";
import { answerError } from "./http/errors.ts";
import { refuseDeepJson } from "./http/json.ts";
import { refuseForeignWrite } from "./http/origin.ts";
import { registerRest } from "./http/rest.routes.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { registerTrpc, registerTrpcSocket, type TrpcOptions } from "./http/trpc.routes.ts";
import { createUpgrades } from "./http/upgrades.ts";
import { createLimits } from "./limits/index.ts";
import { createMail } from "./mail/index.ts";
import { measure } from "./metrics/index.ts";
import { createStandings } from "./permissions/standings.ts";
import { appRouter } from "./router.ts";

export interface AppOptions {
  readonly config: Config;
  readonly database: Database;
  readonly log: Logger;
  /** Signs sessions. */
  readonly secret: string;
  /** Address people open, without a slash at the end. */
  readonly baseUrl: string;
}

export interface App {
  /** Not listening yet. Closing it closes all but the database. */
  readonly http: FastifyInstance;
  readonly services: Services;
  /** Says that it is not ready, and serves for so long while clients move elsewhere. */
  readonly drain: (ms: number) => Promise<void>;
}

/** An import of the largest kind, with room for what wraps it. */
const MANAGEMENT_BODY = 6_000_000;
/** An identifier of 2,000 characters, percent-encoded. */
const LONGEST_PARAMETER = 20_000;

/** The only place where the parts are put together; tests do it here too. */
export async function buildApp({ config, database, log, secret, baseUrl }: AppOptions): Promise<App> {
  const { db } = database;
  const delivery = createDelivery({ db: database.reserved, redisUrl: config.redisUrl, log });
  const key = createSigningKey(secret);
  const retentionDays = config.auditRetentionDays;
  const mail = createMail({ settings: config.mail, log });
  const tallies = createAuditTallies({ db, log });
  const signIn = createSignIn({
    db,
    secret,
    baseUrl,
    log,
    mail,
    settings: config.signIn,
    mailIsSent: (config.mail.smtpUrl ?? config.mail.sendgridApiKey) !== undefined,
    membership: {
      isInvited: (email) => isInvited(db, email),
      assignFromClaims: (userId, claims) => assignFromClaims(db, userId, claims),
      signedIn: (userId, how) => recordSignIn(db, userId, how),
      signInFailed: (email) => tallies.signInFailed(email),
    },
  });
  const services: Services = {
    db,
    log,
    baseUrl,
    delivery,
    revisions: { db, announce: (revisions) => delivery.announce(revisions) },
    standings: createStandings({ db, log }),
    verification: { publicKey: key.publicKey, retentionDays },
    signIn,
    get auth() {
      return signIn.auth;
    },
    mail,
    tallies,
    limits: createLimits({ redisUrl: config.redisUrl, log, managementPerMinute: config.managementPerMinute }),
  };
  const counts = createEvaluationCounts({ db, log });
  const jobs = startJobs({
    db,
    log,
    jobs: [clockJob(services), ...verificationJobs({ db, key, keepers: config.auditHeads, retentionDays })],
  });
  // Where it listens is printed for people already.
  const loggerInstance: FastifyBaseLogger = log.level === "info" ? log.child({}, { level: "warn" }) : log;
  const http = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustedProxies.length > 0 && [...config.trustedProxies],
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  });
  http.setErrorHandler(answerError);

  // SDK doors: nothing of what follows below runs for them.
  const upgrades = createUpgrades(http.server);
  const answers = measure(http, { config, delivery })?.answersOf("flagsmith");
  registerFlagsmith(http, { delivery, counts, ...(answers && { answers }) });
  registerOfrep(http, { delivery, counts, secret });
  const topics = createTopics({ counts: delivery.counts, log });
  registerStream(http, { delivery, log, topics, limits: config.streams });
  const addressOf = createAddressOf(config.trustedProxies);
  const stream = streamUpgrade({
    delivery,
    log,
    topics,
    limits: config.streams,
    addressOf,
  });
  upgrades.add("/stream", stream);

  const management: TrpcOptions = {
    services,
    authenticate: createAuthenticate(services),
    baseUrl,
    addressOf,
  };
  const closeSockets = registerTrpcSocket(upgrades, management);
  await http.register(async (scope) => {
    await scope.register(fastifyHelmet, securityHeaders(baseUrl));
    scope.addHook("onRequest", (request, _reply, done) => {
      refuseForeignWrite(request, baseUrl);
      done();
    });
    onlyJson(scope);
    await scope.register((auth, _options, done) => {
      registerAuth(auth, services, baseUrl);
      done();
    });
    await scope.register((rest, _options, done) => {
      registerRest(rest, appRouter, management);
      registerAuditExport(rest, management);
      done();
    });
    await scope.register((trpc, _options, done) => {
      registerTrpc(trpc, management);
      done();
    });
    await registerDocs(scope, appRouter, baseUrl);
    await registerDashboard(scope);
  });

  http.addHook("preClose", async () => {
    closeSockets();
    await stream.close();
    topics.close();
  });
  http.addHook("onClose", async () => {
    services.standings.close();
    await jobs.close();
    await delivery.close();
    await counts.close();
    await services.tallies.close();
    signIn.close();
    await services.limits.close();
    await mail.close();
  });
  await http.ready();
  return {
    http,
    services,
    async drain(ms) {
      delivery.retire();
      // Connections that are kept alive end with their next answer, and with them the requests that would meet a closed door.
      http.server.prependListener("request", (_request, response) => {
        response.shouldKeepAlive = false;
      });
      await Promise.all([stream.drain(ms), new Promise((resolve) => setTimeout(resolve, ms))]);
    },
  };
}

function onlyJson(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  const parse = scope.getDefaultJsonParser("error", "error");
  scope.addContentTypeParser<string>(
    "application/json",
    { parseAs: "string", bodyLimit: MANAGEMENT_BODY },
    (request, body, done) => {
      refuseDeepJson(body);
      return parse(request, body, done);
    },
  );
}
