import type { Database } from "@halyard/db";
import { openTestDatabase } from "@halyard/db/testing";
import { type Logger, pino } from "pino";
import { buildApp } from "../app.ts";
import { readConfig } from "../config.ts";
import { API_KEY_PREFIX, makeSecretKey } from "../features/keys/index.ts";
import { bootstrap, setupToken } from "../features/setup/index.ts";

const SECRET = "a secret only for tests, thirty-two long";
const PASSWORD = "correct horse battery";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed JSON; `undefined` for anything else. */
  readonly body: unknown;
}

export interface Question {
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServerOptions {
  readonly database?: Database;
  readonly log?: Logger;
  /** Variables as the process would have them. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The product as `npm start` has it, listening on a free port, with one administrator and one API key. */
export async function startServer(options: ServerOptions = {}) {
  const database = options.database ?? (await openTestDatabase());
  const { key } = makeSecretKey(API_KEY_PREFIX);
  const email = "ada@example.com";
  const { http, services } = await buildApp({
    config: readConfig(options.environment ?? {}),
    database,
    log: options.log ?? pino({ level: "silent" }),
    secret: SECRET,
    baseUrl: "http://localhost:8000",
  });
  await bootstrap(services, {
    config: { initAdmin: { email, password: PASSWORD }, initApiKey: key, sample: false },
    token: setupToken(SECRET),
  });
  const address = await http.listen({ port: 0, host: "127.0.0.1" });

  const ask = async (method: string, path: string, { body, headers = {} }: Question = {}): Promise<Answer> => {
    const response = await fetch(address + path, {
      method,
      redirect: "manual",
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get("content-type") ?? "") && text !== "";
    return { status: response.status, headers: response.headers, text, body: isJson ? (JSON.parse(text) as unknown) : undefined };
  };

  return {
    address,
    http,
    services,
    database,
    email,
    password: PASSWORD,
    apiKey: key,
    /** As a program. */
    ask: (method: string, path: string, question: Question = {}) =>
      ask(method, path, { ...question, headers: { authorization: `Api-Key ${key}`, ...question.headers } }),
    /** As nobody, or as whoever the headers say. */
    askPlainly: ask,
    /** Signs in as a browser does. @returns the Cookie header */
    signIn: async (): Promise<string> => {
      const answer = await ask("POST", "/api/auth/sign-in/email", {
        body: { email, password: PASSWORD },
        headers: { origin: address },
      });
      if (answer.status !== 200) throw new Error(`Signing in failed: ${answer.text}`);
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(";", 1)[0])
        .join("; ");
    },
    close: async () => {
      await http.close();
      if (!options.database) await database.close();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startServer>>;
