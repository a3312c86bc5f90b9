import { describe, expect, it } from "vitest";
import { ConfigError, readConfig, VARIABLES } from "./config.ts";
import { API_KEY_PREFIX, makeSecretKey } from "./features/keys/key-format.ts";

const { key } = makeSecretKey(API_KEY_PREFIX);

const WRONG: readonly (readonly [name: string, value: string])[] = [
  ["PORT", "eighty"],
  ["PORT", "65536"],
  ["PORT", "-1"],
  ["NODE_ENV", "staging"],
  ["DATABASE_URL", "mysql://localhost/halyard"],
  ["DATABASE_URL", "localhost"],
  ["REDIS_URL", "http://localhost"],
  ["HALYARD_SECRET", "short"],
  ["HALYARD_BASE_URL", "halyard.example.com"],
  ["HALYARD_BASE_URL", "ftp://halyard.example.com"],
  ["HALYARD_TRUSTED_PROXIES", "everybody, please"],
  ["HALYARD_INIT_ADMIN_EMAIL", "ada"],
  ["HALYARD_INIT_ADMIN_PASSWORD", "short"],
  ["HALYARD_INIT_API_KEY", "hal_x"],
  ["HALYARD_INIT_API_KEY", `${key.slice(0, -1)}${key.endsWith("0") ? "1" : "0"}`],
  ["HALYARD_SAMPLE", "yes"],
  ["HALYARD_SMTP_URL", "mail.example.com"],
  ["SENDGRID_API_KEY", "SG.cut"],
  ["HALYARD_MAIL_FROM", "Halyard"],
  ["HALYARD_MAIL_FROM", "a@example.com\r\nBcc: b@example.com"],
  ["HALYARD_METRICS_PORT", "0"],
  ["HALYARD_METRICS_PORT", "http"],
  ["HALYARD_METRICS_PATH", "metrics"],
  ["HALYARD_AUDIT_RETENTION_DAYS", "-1"],
  ["HALYARD_AUDIT_HEADS_URL", "ftp://audit.example.com"],
  ["HALYARD_STREAM_CONNECTIONS", "0"],
  ["HALYARD_STREAM_CONNECTIONS_PER_KEY", "0"],
  ["HALYARD_STREAM_CONNECTIONS_PER_ADDRESS", "-5"],
  ["HALYARD_STREAM_TRANSFERS", "0"],
  ["HALYARD_STREAM_TRANSFER_SECONDS", "0"],
  ["HALYARD_STREAM_CONNECTS_PER_SECOND", "many"],
  ["HALYARD_DRAIN_SECONDS", "16"],
  ["HALYARD_SIGN_UP", "maybe"],
  ["HALYARD_SESSION_IDLE_HOURS", "0"],
  ["HALYARD_SESSION_MAX_DAYS", "forever"],
  ["HALYARD_MANAGEMENT_PER_MINUTE", "0"],
  ["HALYARD_OIDC_ISSUER", "keycloak"],
  ["HALYARD_OIDC_NAME", "n".repeat(61)],
  ["HALYARD_OIDC_SCOPES", "email"],
  ["HALYARD_OIDC_CLAIMS", "{}"],
  ["HALYARD_OIDC_CLAIMS", '[{"claim":"groups"}]'],
  ["LOG_LEVEL", "loud"],
];

describe("readConfig", () => {
  it("needs nothing", () => {
    expect(readConfig({})).toMatchObject({ port: 8000, host: "0.0.0.0", dataDir: ".halyard", sample: true, production: false });
  });

  it("takes an empty variable as one that is not set", () => {
    expect(readConfig({ PORT: "", HALYARD_SECRET: "" })).toEqual(readConfig({}));
  });

  it.each(WRONG)("names %s when it is %j", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} .{10,}\\.$`));
  });

  it("has a wrong value to test for every variable that can be wrong", () => {
    const free = ["HOST", "HALYARD_DATA_DIR", "HALYARD_AUDIT_HEADS_FOLDER", "HALYARD_MICROSOFT_TENANT"];
    const isFree = (name: string) => free.includes(name) || /_CLIENT_(ID|SECRET)$/.test(name);
    const tested = new Set(WRONG.map(([name]) => name));
    expect(Object.keys(VARIABLES.shape).filter((name) => !isFree(name) && !tested.has(name))).toEqual([]);
  });

  it("wants id and secret of a client together, and an issuer with those of OpenID Connect", () => {
    const client = { HALYARD_GITHUB_CLIENT_ID: "a", HALYARD_GITHUB_CLIENT_SECRET: "b" };

    expect(() => readConfig({ HALYARD_GITHUB_CLIENT_ID: "a" })).toThrow(/^HALYARD_GITHUB_CLIENT_ID and \w+_SECRET /);
    expect(() => readConfig({ HALYARD_OIDC_CLIENT_ID: "a", HALYARD_OIDC_CLIENT_SECRET: "b" })).toThrow(/^HALYARD_OIDC_ISSUER/);
    expect(readConfig(client).signIn.github).toEqual({ clientId: "a", clientSecret: "b" });
  });

  it("refuses PostgreSQL in production without a secret that all processes share", () => {
    const production = { NODE_ENV: "production", DATABASE_URL: "postgres://localhost/halyard" };

    expect(() => readConfig(production)).toThrow(/^HALYARD_SECRET /);
    expect(readConfig({ ...production, HALYARD_SECRET: "s".repeat(32) })).toMatchObject({ production: true });
  });

  it("wants address and password of the first administrator together", () => {
    expect(() => readConfig({ HALYARD_INIT_ADMIN_EMAIL: "ada@example.com" })).toThrow(/HALYARD_INIT_ADMIN_PASSWORD/);
  });

  it("wants a sender where there is a mail server", () => {
    expect(() => readConfig({ HALYARD_SMTP_URL: "smtp://localhost" })).toThrow(/^HALYARD_MAIL_FROM /);
  });

  it("accepts a key of its own making", () => {
    expect(readConfig({ HALYARD_INIT_API_KEY: key })).toMatchObject({ initApiKey: key });
  });
});
