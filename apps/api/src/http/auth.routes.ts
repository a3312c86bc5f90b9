import { isAPIError } from "better-auth/api";
import { fromNodeHeaders } from "better-auth/node";
import type { FastifyInstance } from "fastify";
import type { Services } from "../context.ts";

/** Sign-in, sign-out and sessions: better-auth's own pages of the API, at `/api/auth/*`. */
export function registerAuth(scope: FastifyInstance, { auth }: Pick<Services, "auth">, baseUrl: string): void {
  scope.route({
    method: ["GET", "POST"],
    url: "/api/auth/*",
    handler: async (request, reply) => {
      const headers = fromNodeHeaders(request.headers);
      // Its limits count by this header; only Fastify knows which proxies to believe.
      headers.set("x-forwarded-for", request.ip);
      headers.delete("content-length");
      const response = await handle(
        auth,
        new Request(new URL(request.url, baseUrl), {
          method: request.method,
          headers,
          ...(request.method === "POST" && { body: JSON.stringify(request.body ?? {}) }),
        }),
      );
      reply.code(response.status);
      for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
      const cookies = response.headers.getSetCookie();
      if (cookies.length > 0) reply.header("set-cookie", cookies);
      return reply.send(await response.text());
    },
  });
}

/** Refusals are answers; what failed on our side is thrown on, for the one error handler to tell a lost database from a fault. */
async function handle(auth: Services["auth"], request: Request): Promise<Response> {
  try {
    return await auth.handler(request);
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    return Response.json(error.body ?? {}, { status: error.statusCode });
  }
}
