import type { ErrorBody, ErrorCode } from "@halyard/contracts";
import { isAPIError } from "better-auth/api";
import { fromNodeHeaders } from "better-auth/node";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { headersOf, type SignIn } from "../auth/index.ts";
import type { Services } from "../context.ts";
import { limitAuth, signedIn } from "./auth-limits.ts";
import { answerNothing, path } from "./errors.ts";

const PREFIX = "/api/auth";

/** What of better-auth is open to the world; all else that it can do is done by our own procedures, or not at all. */
const OPEN = [
  /^POST \/sign-(in\/(email|social)|up\/email|out)$/,
  /^GET \/get-session$/,
  /^(GET|POST) \/callback\/(github|google|microsoft|facebook|oidc)$/,
  /^POST \/(request-password-reset|reset-password|change-password|send-verification-email|link-social)$/,
  /^GET \/verify-email$/,
  /^POST \/two-factor\/(enable|disable|verify-totp|verify-backup-code|generate-backup-codes)$/,
];

/** Sign-in, sign-out and what else sets cookies: better-auth's own pages of the API, at `/api/auth/*`. */
export function registerAuth(scope: FastifyInstance, services: Pick<Services, "signIn" | "limits">, baseUrl: string): void {
  scope.route({
    method: ["GET", "POST"],
    url: `${PREFIX}/*`,
    handler: async (request, reply) => {
      reply.header("cache-control", "no-store");
      const name = path(request.url).slice(PREFIX.length);
      if (!OPEN.some((it) => it.test(`${request.method} ${name}`))) return answerNothing(request, reply);
      await limitAuth(services.limits, name, request);
      // Ends a session that was idle too long before better-auth takes it for a good one.
      if (request.headers.cookie !== undefined) await services.signIn.sessions.read(request.headers);
      const response = await handle(services.signIn.auth, toWebRequest(request, baseUrl));
      if (response.ok) await signedIn(services.limits, name, request);
      reply.code(response.status);
      for (const [header, value] of response.headers) if (header !== "set-cookie") reply.header(header, value);
      const cookies = response.headers.getSetCookie();
      if (cookies.length > 0) reply.header("set-cookie", cookies);
      return reply.send(await response.text());
    },
  });
}

function toWebRequest(request: FastifyRequest, baseUrl: string): Request {
  const headers = fromNodeHeaders(request.headers);
  // Sessions are kept with this address; only Fastify knows which proxies to believe.
  headers.set("x-forwarded-for", request.ip);
  headers.delete("content-length");
  return new Request(new URL(request.url, baseUrl), {
    method: request.method,
    headers,
    ...(request.method === "POST" && { body: JSON.stringify(request.body ?? {}) }),
  });
}

/** Refusals are answers; what failed on our side is thrown on, for the one error handler to tell a lost database from a fault. */
async function handle(auth: SignIn["auth"], request: Request): Promise<Response> {
  try {
    const response = await auth.handler(request);
    return response.status >= 400 && response.status < 500 ? await inOurWords(response) : response;
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    return inOurWords(
      Response.json(error.body ?? {}, {
        status: error.statusCode,
        headers: headersOf(error),
      }),
    );
  }
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  429: "rate_limited",
};
/** The sixth wrong code ends the challenge, which is a limit and no mistake in the request. */
const TOO_MANY_CODES = "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE";

async function inOurWords(response: Response): Promise<Response> {
  const found = (await response.json().catch(() => ({}))) as { readonly code?: string; readonly message?: string };
  const status = found.code === TOO_MANY_CODES ? 429 : response.status;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const body: ErrorBody & { readonly reason?: string | undefined } = {
    code: CODES[status] ?? "invalid",
    message: sentence(found.message ?? "This was refused"),
    reason: found.code,
  };
  return Response.json(body, { status, headers });
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
