import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { sendFlags } from "./flags.routes.ts";
import type { DoorServices } from "./services.ts";

const PATHS = new Set(["/api/v1/flags/", "/api/v1/flags"]);

/**
 * Answers what most of the load is, all flags for a key that is in memory, before the router has anything to do with it: routing
 * costs a quarter of what the answer does. Everything that is in any way different is left to the routes.
 */
export function answerBeforeRouting(server: Server, { delivery }: DoorServices): void {
  const routes = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const caller = isPlain(request) ? delivery.peek(request.headers["x-environment-key"]) : undefined;
    // A server that is closing tells its clients so, which the routes know how to do.
    if (caller && server.listening) sendFlags(caller, request, response);
    else for (const route of routes) Reflect.apply(route, server, [request, response]);
  });
}

type Plain = IncomingMessage & { readonly headers: { readonly "x-environment-key": string } };

const isPlain = (request: IncomingMessage): request is Plain =>
  request.method === "GET" && PATHS.has(request.url ?? "") && typeof request.headers["x-environment-key"] === "string";
