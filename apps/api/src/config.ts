import { z } from "zod";
import { CLAIM_RULES_WISH, type Client, readClaimRules, type SignInSettings } from "./auth/settings.ts";
import { STREAM_LIMITS, type StreamLimits } from "./doors/stream/limits.ts";
import { API_KEY_PREFIX, parseSecretKey } from "./features/keys/key-format.ts";
import type { MailSettings } from "./mail/index.ts";

/** What the documentation says of a variable. */
const variable = <T extends z.ZodType<unknown, string | undefined>>(about: string, fallback: string, schema: T): T =>
  schema.meta({ description: about, fallback });

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be an address that begins with ${protocols.map((it) => `${it}//`).join(" or ")}`,
    )
    .optional();

const whole = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.string().regex(/^\d+$/, message).transform(Number).pipe(z.number().min(min, message).max(max, message));
};

const count = (about: string, fallback: number, [min, max]: readonly [number, number]) =>
  variable(about, String(fallback), z.string().default(String(fallback)).pipe(whole(min, max)));

/** Ending takes at most half a minute, with the time that requests under way still get. */
const LONGEST_DRAIN = 15;
const MIN_SECRET = 32;
const ADDRESS = /^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i;

/** A client that was registered with a provider of sign-in. */
const clientVariables = <N extends string>(prefix: N, name: string) =>
  ({
    [`HALYARD_${prefix}_CLIENT_ID`]: variable(
      `Lets people sign in with ${name}: the client id of your app there.`,
      "–",
      z.string().optional(),
    ),
    [`HALYARD_${prefix}_CLIENT_SECRET`]: variable(`Client secret of that app at ${name}.`, "–", z.string().optional()),
  }) as Record<`HALYARD_${N}_CLIENT_${"ID" | "SECRET"}`, z.ZodOptional<z.ZodString>>;

/** Every variable Halyard reads. `docs/configuration.md` is generated from this table. */
export const VARIABLES = z.object({
  PORT: variable("Port of API, dashboard and streams.", "8000", z.string().default("8000").pipe(whole(0, 65_535))),
  HOST: variable("Interface to listen on.", "0.0.0.0", z.string().default("0.0.0.0")),
  NODE_ENV: variable(
    "`production` refuses a `DATABASE_URL` without a strong `HALYARD_SECRET`.",
    "development",
    z.enum(["production", "development", "test"], { error: "must be production, development or test" }).default("development"),
  ),
  HALYARD_DATA_DIR: variable(
    "Folder of the embedded database and of the secret that is made for it. Used without a `DATABASE_URL`; one process at a time.",
    ".halyard",
    z.string().default(".halyard"),
  ),
  DATABASE_URL: variable(
    "PostgreSQL, such as `postgres://user:password@host:5432/halyard`. Without it the embedded database is used.",
    "–",
    url(["postgres:", "postgresql:"]),
  ),
  REDIS_URL: variable(
    "Redis or Valkey, to tell other processes of a change at once. Without it they find out within a second from the database.",
    "–",
    url(["redis:", "rediss:"]),
  ),
  HALYARD_SECRET: variable(
    `Signs sessions; at least ${MIN_SECRET} random characters, the same on every process. On the embedded database one is made and kept in the data folder.`,
    "made on the embedded database",
    z.string().min(MIN_SECRET, `must have at least ${MIN_SECRET} characters; make one with: openssl rand -base64 48`).optional(),
  ),
  HALYARD_BASE_URL: variable(
    "Address people open. Its scheme decides the cookies: `https` makes them Secure, `http` lets people sign in on a local network, with a warning.",
    "http://localhost:<PORT>",
    url(["http:", "https:"]),
  ),
  HALYARD_TRUSTED_PROXIES: variable(
    "Proxies whose `X-Forwarded-*` headers are believed: comma-separated addresses, ranges, or `loopback`, `linklocal`, `uniquelocal`.",
    "none",
    z
      .string()
      .default("")
      .transform((it) =>
        it
          .split(",")
          .map((part) => part.trim())
          .filter((part) => part !== ""),
      )
      .refine(
        (list) => list.every((part) => ADDRESS.test(part)),
        "must be comma-separated addresses or ranges, such as 10.0.0.0/8,loopback",
      ),
  ),
  HALYARD_INIT_ADMIN_EMAIL: variable(
    "Makes the first administrator at the first start, in place of the set-up link.",
    "–",
    z.email("must be an e-mail address").optional(),
  ),
  HALYARD_INIT_ADMIN_PASSWORD: variable(
    "Password of that administrator, at least 12 characters.",
    "–",
    z.string().min(12, "must have at least 12 characters").optional(),
  ),
  HALYARD_INIT_API_KEY: variable(
    "An API key with the administrator role that exists from the first start, of the form `hal_<id>_<secret>_<checksum>`; print one with `halyard key`.",
    "–",
    z
      .string()
      .regex(/^hal_[a-z0-9]{8,}_[A-Za-z0-9]{32,}_[0-9a-f]{8}$/, "must have the form hal_<id>_<secret>_<checksum>")
      .refine((key) => parseSecretKey(API_KEY_PREFIX, key), "has a checksum that does not fit; copy the whole key")
      .optional(),
  ),
  HALYARD_AUDIT_RETENTION_DAYS: variable(
    "Days after which audit events are removed; their seals stay, so the rest can still be verified. Without it they are kept for ever.",
    "–",
    whole(1, 36_500).optional(),
  ),
  HALYARD_AUDIT_HEADS_FOLDER: variable(
    "Folder outside of the database that gets the signed head of all chains each day, for `halyard verify --heads`.",
    "–",
    z.string().optional(),
  ),
  HALYARD_AUDIT_HEADS_URL: variable("Address that gets the same as a POST with JSON.", "–", url(["http:", "https:"])),
  HALYARD_STREAM_CONNECTIONS: count(
    "Most stream connections of one process; whoever comes beyond is asked to try again, with a 503.",
    STREAM_LIMITS.connections,
    [1, 1_000_000],
  ),
  HALYARD_STREAM_CONNECTIONS_PER_KEY: count(
    "Most stream connections with one environment key on one process.",
    STREAM_LIMITS.connectionsPerKey,
    [1, 1_000_000],
  ),
  HALYARD_STREAM_CONNECTIONS_PER_ADDRESS: count(
    "Most stream connections from one address (a /64 of IPv6) on one process. Behind a proxy, set `HALYARD_TRUSTED_PROXIES` too.",
    STREAM_LIMITS.connectionsPerAddress,
    [1, 1_000_000],
  ),
  HALYARD_STREAM_CONNECTS_PER_SECOND: count(
    "How many stream connections one process takes in per second, twice as many at once. Keeps a storm of returning clients off the rest.",
    STREAM_LIMITS.connectsPerSecond,
    [1, 100_000],
  ),
  HALYARD_STREAM_TRANSFERS: count(
    "How many large snapshots are sent at once; the others wait for their turn.",
    STREAM_LIMITS.transfers,
    [1, 10_000],
  ),
  HALYARD_STREAM_TRANSFER_SECONDS: count(
    "Whoever has not taken a large snapshot after so many seconds is disconnected.",
    STREAM_LIMITS.transferSeconds,
    [1, 600],
  ),
  HALYARD_DRAIN_SECONDS: count(
    "After SIGTERM a process reports that it is not ready and goes on serving for so many seconds, while its clients move to others.",
    10,
    [0, LONGEST_DRAIN],
  ),
  HALYARD_SAMPLE: variable(
    "Whether the first start makes a sample project.",
    "on",
    z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  ),
  HALYARD_SMTP_URL: variable(
    "Mail server, such as `smtp://user:password@host:587` or `smtps://…:465`. Without it and without SendGrid, mail is shown in the log.",
    "–",
    url(["smtp:", "smtps:"]),
  ),
  SENDGRID_API_KEY: variable(
    "Sends mail through SendGrid, where no `HALYARD_SMTP_URL` is set.",
    "–",
    z.string().min(20, "must be a whole API key of SendGrid").optional(),
  ),
  HALYARD_MAIL_FROM: variable(
    "Sender of mail, such as `Halyard <flags@example.com>`; needed with a mail server.",
    "–",
    z
      .string()
      .regex(/^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, "must be an address such as Halyard <flags@example.com>")
      .optional(),
  ),
  HALYARD_METRICS_PORT: variable(
    "Port of its own for Prometheus, at `/metrics`, for an inner network. Without it and without a path there are no metrics.",
    "–",
    z.string().pipe(whole(1, 65_535)).optional(),
  ),
  HALYARD_METRICS_PATH: variable(
    "Path of the metrics on the public port, such as `/metrics`; whoever knows it may read them.",
    "–",
    z
      .string()
      .regex(/^\/[\w./-]{1,100}$/, "must be a path of letters, digits and `._-/`, such as /metrics")
      .optional(),
  ),
  HALYARD_SIGN_UP: variable(
    "Who may make an account: `open` anybody with an e-mail address, `invited` whoever was invited, `closed` nobody. People whom the claims of `HALYARD_OIDC_CLAIMS` give something may in any case.",
    "invited",
    z.enum(["open", "invited", "closed"], { error: "must be open, invited or closed" }).default("invited"),
  ),
  HALYARD_SESSION_IDLE_HOURS: variable(
    "A session that nobody used for so long ends.",
    "12",
    z
      .string()
      .default("12")
      .pipe(whole(1, 24 * 365)),
  ),
  HALYARD_SESSION_MAX_DAYS: variable(
    "A session ends so long after signing in, however much it is used.",
    "30",
    z.string().default("30").pipe(whole(1, 365)),
  ),
  HALYARD_MANAGEMENT_PER_MINUTE: variable(
    "Most management calls of one person or API key, and of one address without either, in a minute.",
    "3000",
    z.string().default("3000").pipe(whole(1, 1_000_000)),
  ),
  ...clientVariables("GITHUB", "GitHub"),
  ...clientVariables("GOOGLE", "Google"),
  ...clientVariables("MICROSOFT", "Microsoft"),
  HALYARD_MICROSOFT_TENANT: variable(
    "Directory of Microsoft Entra whose people may sign in.",
    "common",
    z.string().default("common"),
  ),
  ...clientVariables("FACEBOOK", "Facebook"),
  HALYARD_OIDC_ISSUER: variable(
    "Any OpenID Connect provider, such as Keycloak or Okta: its issuer, below which `/.well-known/openid-configuration` is.",
    "–",
    url(["http:", "https:"]),
  ),
  HALYARD_OIDC_CLIENT_ID: variable("Client id at that provider.", "–", z.string().optional()),
  HALYARD_OIDC_CLIENT_SECRET: variable("Client secret at that provider.", "–", z.string().optional()),
  HALYARD_OIDC_NAME: variable(
    "What its button is called.",
    "Single sign-on",
    z.string().max(60, "must be at most 60 characters").default("Single sign-on"),
  ),
  HALYARD_OIDC_SCOPES: variable(
    "Scopes that are asked for, with spaces between.",
    "openid email profile",
    z
      .string()
      .default("openid email profile")
      .transform((it) => it.split(/\s+/).filter((scope) => scope !== ""))
      .refine((list) => list.includes("openid"), "must contain openid"),
  ),
  HALYARD_OIDC_CLAIMS: variable(
    'JSON list of what claims give: `[{"claim":"groups","value":"flags-admins","organisation":"acme","role":"admin"}]`. See docs/sign-in.md.',
    "–",
    z
      .string()
      .default("[]")
      .transform((text, ctx) => readClaimRules(text) ?? (ctx.addIssue(CLAIM_RULES_WISH), z.NEVER)),
  ),
  LOG_LEVEL: variable(
    "How much is logged.",
    "info",
    z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
        error: "must be fatal, error, warn, info, debug, trace or silent",
      })
      .default("info"),
  ),
});

type Values = z.infer<typeof VARIABLES>;

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly production: boolean;
  readonly logLevel: Values["LOG_LEVEL"];
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Undefined only on the embedded database, where one is made. */
  readonly secret: string | undefined;
  /** Undefined until the port is known. */
  readonly baseUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly initAdmin: { readonly email: string; readonly password: string } | undefined;
  readonly initApiKey: string | undefined;
  readonly sample: boolean;
  /** Without either there are none. */
  readonly metrics: { readonly port: number | undefined; readonly path: string | undefined };
  /** Undefined keeps audit events for ever. */
  readonly auditRetentionDays: number | undefined;
  readonly auditHeads: { readonly folder: string | undefined; readonly url: string | undefined };
  readonly mail: MailSettings;
  readonly streams: StreamLimits;
  readonly drainSeconds: number;
  readonly signIn: SignInSettings;
  readonly managementPerMinute: number;
}

/** A wrong environment; the message names the variable and what it must be. */
export class ConfigError extends Error {}

/** @throws ConfigError */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  // A variable that is set to nothing counts as not set, as in most shells' habits.
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ""));
  const parsed = VARIABLES.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${issue?.path.join(".")} ${issue?.message}.`, { cause: parsed.error });
  }
  const values: Values = parsed.data;
  if (values.DATABASE_URL && values.NODE_ENV === "production" && !values.HALYARD_SECRET) {
    throw new ConfigError(
      "HALYARD_SECRET is missing: with a DATABASE_URL in production every process needs the same strong secret. Make one with: openssl rand -base64 48",
    );
  }
  if ((values.HALYARD_INIT_ADMIN_EMAIL === undefined) !== (values.HALYARD_INIT_ADMIN_PASSWORD === undefined)) {
    throw new ConfigError("HALYARD_INIT_ADMIN_EMAIL and HALYARD_INIT_ADMIN_PASSWORD go together: set both or neither.");
  }
  if ((values.HALYARD_SMTP_URL ?? values.SENDGRID_API_KEY) !== undefined && values.HALYARD_MAIL_FROM === undefined) {
    throw new ConfigError(
      "HALYARD_MAIL_FROM is missing: mail servers take mail only from somebody. Set it to an address of yours.",
    );
  }
  return {
    port: values.PORT,
    host: values.HOST,
    production: values.NODE_ENV === "production",
    logLevel: values.LOG_LEVEL,
    dataDir: values.HALYARD_DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    secret: values.HALYARD_SECRET,
    baseUrl: values.HALYARD_BASE_URL?.replace(/\/+$/, ""),
    trustedProxies: values.HALYARD_TRUSTED_PROXIES,
    initAdmin:
      values.HALYARD_INIT_ADMIN_EMAIL && values.HALYARD_INIT_ADMIN_PASSWORD
        ? { email: values.HALYARD_INIT_ADMIN_EMAIL, password: values.HALYARD_INIT_ADMIN_PASSWORD }
        : undefined,
    initApiKey: values.HALYARD_INIT_API_KEY,
    sample: values.HALYARD_SAMPLE === "on",
    metrics: { port: values.HALYARD_METRICS_PORT, path: values.HALYARD_METRICS_PATH },
    auditRetentionDays: values.HALYARD_AUDIT_RETENTION_DAYS,
    auditHeads: { folder: values.HALYARD_AUDIT_HEADS_FOLDER, url: values.HALYARD_AUDIT_HEADS_URL },
    mail: {
      smtpUrl: values.HALYARD_SMTP_URL,
      sendgridApiKey: values.SENDGRID_API_KEY,
      from: values.HALYARD_MAIL_FROM ?? "",
    },
    streams: {
      connections: values.HALYARD_STREAM_CONNECTIONS,
      connectionsPerKey: values.HALYARD_STREAM_CONNECTIONS_PER_KEY,
      connectionsPerAddress: values.HALYARD_STREAM_CONNECTIONS_PER_ADDRESS,
      connectsPerSecond: values.HALYARD_STREAM_CONNECTS_PER_SECOND,
      transfers: values.HALYARD_STREAM_TRANSFERS,
      transferSeconds: values.HALYARD_STREAM_TRANSFER_SECONDS,
    },
    drainSeconds: values.HALYARD_DRAIN_SECONDS,
    signIn: readSignIn(values),
    managementPerMinute: values.HALYARD_MANAGEMENT_PER_MINUTE,
  };
}

const HOUR_MS = 3_600_000;

function readSignIn(values: Values): SignInSettings {
  const oidc = readClient(values, "OIDC");
  if ((values.HALYARD_OIDC_ISSUER === undefined) !== (oidc === undefined)) {
    throw new ConfigError(
      "HALYARD_OIDC_ISSUER, HALYARD_OIDC_CLIENT_ID and HALYARD_OIDC_CLIENT_SECRET go together: set all three or none.",
    );
  }
  const microsoft = readClient(values, "MICROSOFT");
  return {
    signUp: values.HALYARD_SIGN_UP,
    sessionIdleMs: values.HALYARD_SESSION_IDLE_HOURS * HOUR_MS,
    sessionMaxMs: values.HALYARD_SESSION_MAX_DAYS * 24 * HOUR_MS,
    github: readClient(values, "GITHUB"),
    google: readClient(values, "GOOGLE"),
    microsoft: microsoft && { ...microsoft, tenantId: values.HALYARD_MICROSOFT_TENANT },
    facebook: readClient(values, "FACEBOOK"),
    oidc:
      oidc && values.HALYARD_OIDC_ISSUER !== undefined
        ? {
            ...oidc,
            issuer: values.HALYARD_OIDC_ISSUER.replace(/\/+$/, ""),
            name: values.HALYARD_OIDC_NAME,
            scopes: values.HALYARD_OIDC_SCOPES,
            claims: values.HALYARD_OIDC_CLAIMS,
          }
        : undefined,
  };
}

type Provider = "GITHUB" | "GOOGLE" | "MICROSOFT" | "FACEBOOK" | "OIDC";

function readClient(values: Values, prefix: Provider): Client | undefined {
  const clientId = values[`HALYARD_${prefix}_CLIENT_ID`];
  const clientSecret = values[`HALYARD_${prefix}_CLIENT_SECRET`];
  if ((clientId === undefined) !== (clientSecret === undefined)) {
    throw new ConfigError(`HALYARD_${prefix}_CLIENT_ID and HALYARD_${prefix}_CLIENT_SECRET go together: set both or neither.`);
  }
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
}
