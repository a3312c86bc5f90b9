import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { trySendDocument } from "./document.routes.ts";
import { sendFlags } from "./flags.routes.ts";
import type { Caller, DoorServices } from "./services.ts";

/** Answers if all it takes is in memory. @returns whether it has */
type Shortcut = (caller: Caller, request: IncomingMessage, response: ServerResponse) => boolean;

const flags: Shortcut = (caller, request, response) => {
  sendFlags(caller, request, response);
  return true;
};

const SHORTCUTS: ReadonlyMap<string | undefined, Shortcut> = new Map([
  ["/api/v1/flags/", flags],
  ["/api/v1/flags", flags],
  ["/api/v1/environment-document/", trySendDocument],
  ["/api/v1/environment-document", trySendDocument],
]);

/**
 * Answers what most of the load is, all flags or the document for a key that is in memory, before the router has anything to do
 * with it: routing costs a quarter of what the answer does. Everything that is in any way different is left to the routes.
 */
export function answerBeforeRouting(server: Server, { delivery, answers }: DoorServices): void {
  const routes = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const shortcut = request.method === "GET" ? SHORTCUTS.get(request.url) : undefined;
    const key = shortcut && request.headers["x-environment-key"];
    const caller = typeof key === "string" ? delivery.peek(key) : undefined;
    // A server that is closing tells its clients so, which the routes know how to do.
    if (caller && server.listening && shortcut?.(caller, request, response)) countAnswer(answers, response.statusCode);
    else for (const route of routes) Reflect.apply(route, server, [request, response]);
  });
}

function countAnswer(answers: number[] | undefined, status: number): void {
  if (answers === undefined) return;
  const digit = Math.floor(status / 100);
  answers[digit] = (answers[digit] ?? 0) + 1;
}
