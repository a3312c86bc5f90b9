import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
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

/**
 * The built dashboard; any address a person may open answers with its page, and the page finds out what to show.
 * Files are looked up when they are asked for: a build made while this process runs is served at once.
 */
export async function registerDashboard(scope: FastifyInstance, folders = DIST): Promise<void> {
  const built = () => folders.find((it) => existsSync(join(it, "index.html")));
  const answerPage = async (reply: FastifyReply) => {
    const page = await readPage(built());
    return reply
      .code(page ? 200 : 503)
      .headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" })
      .send(page ?? NOT_BUILT);
  };

  await scope.register(fastifyStatic, { serve: false, cacheControl: false });
  scope.get<{ Params: { "*": string } }>("/*", (request, reply) => {
    const folder = built();
    if (folder === undefined) {
      reply.callNotFound();
      return reply;
    }
    const file = request.params["*"];
    // Names under /assets hold a hash of their content.
    reply.header("cache-control", file.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    return reply.sendFile(file, folder);
  });
  scope.setNotFoundHandler(async (request, reply) => {
    reply.removeHeader("cache-control");
    return isNavigation(request) ? answerPage(reply) : answerNothing(request, reply);
  });
  scope.get("/", (_request, reply) => answerPage(reply));
}

/** Undefined also in the moment in which a build replaces the page. */
async function readPage(folder: string | undefined): Promise<Buffer | undefined> {
  if (folder === undefined) return undefined;
  try {
    return await readFile(join(folder, "index.html"));
  } catch {
    return undefined;
  }
}

function isNavigation({ method, headers, url }: FastifyRequest): boolean {
  const wantsPage = headers.accept?.includes("text/html") ?? false;
  const name = path(url);
  return (method === "GET" || method === "HEAD") && wantsPage && !NOT_PAGES.test(name);
}
