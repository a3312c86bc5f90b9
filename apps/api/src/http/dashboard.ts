import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerNothing, path } from "./errors.ts";

/** Seen from the sources here, or from the bundle that this file becomes part of. */
const DIST = ["../../../web/dist", "../../web/dist"].map((it) => fileURLToPath(new URL(it, import.meta.url)));

/** Addresses that are never a page of the dashboard. */
const NOT_PAGES = /^\/(api|trpc|rest|stream|sse|health|version|ofrep|assets)(\/|$)/;

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Halyard</title>
<h1>The dashboard is not built yet</h1>
<p>The API, the streams and the SDK doors of this process work. To build the dashboard, run <code>npm run build</code>, or start with <code>npm start</code>, which does it.</p>
<p><a href="/rest/docs">REST API</a></p></html>`;

/** The built dashboard; any address a person may open answers with its page, and the page finds out what to show. */
export async function registerDashboard(scope: FastifyInstance, folders = DIST): Promise<void> {
  const folder = folders.find((it) => existsSync(join(it, "index.html")));
  const page = folder === undefined ? undefined : readFileSync(join(folder, "index.html"));
  const answerPage = (reply: FastifyReply) =>
    reply
      .code(page ? 200 : 503)
      .headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" })
      .send(page ?? NOT_BUILT);

  if (folder !== undefined) {
    await scope.register(fastifyStatic, {
      root: folder,
      index: false,
      cacheControl: false,
      setHeaders: (reply, file) => {
        // Names under /assets hold a hash of their content.
        const isHashed = file.startsWith(join(folder, "assets"));
        reply.setHeader("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  scope.setNotFoundHandler((request, reply) => (isNavigation(request) ? answerPage(reply) : answerNothing(request, reply)));
  scope.get("/", (_request, reply) => answerPage(reply));
}

function isNavigation({ method, headers, url }: FastifyRequest): boolean {
  const wantsPage = headers.accept?.includes("text/html") ?? false;
  const name = path(url);
  return (method === "GET" || method === "HEAD") && wantsPage && !NOT_PAGES.test(name);
}
