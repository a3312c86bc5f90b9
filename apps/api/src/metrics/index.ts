import type { FastifyInstance } from "fastify";
import type { Config } from "../config.ts";
import type { Delivery } from "../features/delivery/index.ts";
import { createRegistry } from "./registry.ts";
import { type MetricsServer, registerMetrics, serveMetrics } from "./serve.ts";
import { createTraffic, type Traffic } from "./traffic.ts";

interface MeasureOptions {
  readonly config: Pick<Config, "metrics" | "host">;
  readonly delivery: Pick<Delivery, "counts" | "report">;
}

/** Counts what is routed after it and publishes all there is to measure, where a port or a path is set; undefined where none is. */
export function measure(http: FastifyInstance, { config, delivery }: MeasureOptions): Traffic | undefined {
  const { port, path } = config.metrics;
  if (port === undefined && path === undefined) return undefined;
  const traffic = createTraffic();
  const registry = createRegistry({ delivery, traffic });
  traffic.countRouted(http);
  if (path !== undefined) registerMetrics(http, path, registry);
  let own: MetricsServer | undefined;
  http.addHook("onListen", async () => {
    if (port !== undefined) own = await serveMetrics(registry, { port, host: config.host });
  });
  http.addHook("onClose", async () => {
    await own?.close();
    registry.clear();
  });
  return traffic;
}
