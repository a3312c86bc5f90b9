import { once } from "node:events";
import { createServer } from "node:http";
import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";

/** On the public port, for whoever knows the path. */
export function registerMetrics(http: FastifyInstance, path: string, registry: Registry): void {
  http.get(path, async (_request, reply) =>
    reply
      .header("cache-control", "no-store")
      .type(registry.contentType)
      .send(await registry.metrics()),
  );
}

export interface MetricsServer {
  close(): Promise<void>;
}

const PATH = "/metrics";

/** On a port of its own, which a firewall can keep inside. */
export async function serveMetrics(
  registry: Registry,
  at: { readonly port: number; readonly host: string },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url?.split("?", 1)[0] !== PATH) {
      response.writeHead(404).end(`Metrics are at ${PATH}.\n`);
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { "Content-Type": registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(at.port, at.host);
  await once(server, "listening");
  return {
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
