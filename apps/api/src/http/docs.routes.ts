import swagger, { type StaticDocumentSpec } from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { AnyRouter } from "@trpc/server";
import type { FastifyInstance } from "fastify";
import { openApiDocument } from "./openapi.ts";

const VERSION = "0.1.0";

/** `/rest/openapi.json`, and a page to read and try it; all its files come from here. */
export async function registerDocs(scope: FastifyInstance, router: AnyRouter, baseUrl: string): Promise<void> {
  const document = openApiDocument(router, { version: VERSION, server: baseUrl });
  scope.get("/rest/openapi.json", (_request, reply) => reply.header("cache-control", "no-cache").send(document));
  // Its types know OpenAPI up to 3.0; a document that is given whole passes through as it is.
  await scope.register(swagger, {
    mode: "static",
    specification: { document: document as unknown as StaticDocumentSpec["document"] },
  });
  await scope.register(swaggerUi, { routePrefix: "/rest/docs", staticCSP: true, uiConfig: { tryItOutEnabled: false } });
}
