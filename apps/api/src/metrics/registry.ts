import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Delivery } from "../features/delivery/index.ts";
import type { Traffic } from "./traffic.ts";

export interface MetricSources {
  readonly delivery: Pick<Delivery, "counts" | "report">;
  readonly traffic: Traffic;
}

type Reading = readonly [labels: Readonly<Record<string, string>>, value: number];

interface Metric {
  readonly name: `halyard_${string}`;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly read: () => readonly Reading[];
}

/** Everything there is to measure. Nothing is added up before somebody asks: all of it is kept as plain numbers where it happens. */
export function createRegistry(sources: MetricSources): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  for (const { name, help, labels = [], read } of gauges(sources)) {
    new Gauge({
      name,
      help,
      labelNames: labels,
      registers,
      collect() {
        this.reset();
        for (const [of, value] of read()) this.set(of, value);
      },
    });
  }
  for (const { name, help, labels = [], read } of counters(sources)) {
    new Counter({
      name,
      help,
      labelNames: labels,
      registers,
      collect() {
        this.reset();
        for (const [of, value] of read()) this.inc(of, value);
      },
    });
  }
  return registry;
}

function gauges({ delivery }: MetricSources): readonly Metric[] {
  const { counts } = delivery;
  return [
    {
      name: "halyard_connections",
      help: "Connections that are open, by door: WebSockets of `stream`, listeners to server-sent events of the others.",
      labels: ["door"],
      read: () => [[{ door: "stream" }, counts.open.connections], ...by("door", counts.listeners)],
    },
    {
      name: "halyard_subscriptions",
      help: "Subscriptions that are open, by stream.",
      labels: ["stream"],
      read: () => by("stream", { environment: counts.open.environment, flags: counts.open.flags }),
    },
    {
      name: "halyard_unsent_bytes",
      help: "Bytes that slow readers have not taken, as of the last second.",
      read: () => one(counts.open.unsentBytes),
    },
    {
      name: "halyard_snapshot_transfers",
      help: "Large snapshots under way, and those that wait for their turn.",
      labels: ["state"],
      read: () => by("state", { running: counts.open.transfers, waiting: counts.open.waitingTransfers }),
    },
    {
      name: "halyard_environment_version",
      help: "Version of each environment in memory.",
      labels: ["environment"],
      read: () => delivery.report().environments.map((it) => [{ environment: String(it.environmentId) }, it.version]),
    },
    {
      name: "halyard_environment_lag_versions",
      help: "Versions that the database was ahead of memory when it was last asked, once a second.",
      labels: ["environment"],
      read: () => delivery.report().environments.map((it) => [{ environment: String(it.environmentId) }, it.behind]),
    },
    {
      name: "halyard_dependency_up",
      help: "1 where the dependency answered when it was last asked; one that is not set up is not listed.",
      labels: ["dependency"],
      read: () => {
        const { hasDatabase, hasRedis } = delivery.report();
        return by("dependency", { database: Number(hasDatabase), ...(hasRedis !== undefined && { redis: Number(hasRedis) }) });
      },
    },
  ];
}

function counters({ delivery, traffic }: MetricSources): readonly Metric[] {
  const { counts } = delivery;
  return [
    {
      name: "halyard_requests_total",
      help: "Requests that were answered, by door and class of status.",
      labels: ["door", "status"],
      read: () =>
        [...traffic.byDoor].flatMap(([door, answers]) => answers.flatMap((value, digit) => ofClass(door, digit, value))),
    },
    {
      name: "halyard_connects_total",
      help: "WebSockets that were opened.",
      read: () => one(counts.total.connections),
    },
    {
      name: "halyard_connects_refused_total",
      help: "WebSockets that were turned away, by reason.",
      labels: ["reason"],
      read: () => by("reason", counts.refused),
    },
    {
      name: "halyard_connections_closed_total",
      help: "WebSockets that were ended by the server, by reason.",
      labels: ["reason"],
      read: () => by("reason", counts.closed),
    },
    {
      name: "halyard_events_total",
      help: "Events sent to all WebSockets together.",
      read: () => one(counts.total.events),
    },
    {
      name: "halyard_event_bytes_total",
      help: "Bytes of those events.",
      read: () => one(counts.total.bytes),
    },
    {
      name: "halyard_events_collapsed_total",
      help: "Times that a slow reader was left out, to get the newest state later.",
      read: () => one(counts.total.collapsed),
    },
    {
      name: "halyard_revisions_total",
      help: "Revisions written by this process, and heard of from others.",
      labels: ["origin"],
      read: () => by("origin", delivery.report().revisions),
    },
  ];
}

const one = (value: number): readonly Reading[] => [[{}, value]];

const by = (label: string, values: Readonly<Record<string, number>>): readonly Reading[] =>
  Object.entries(values).map(([name, value]) => [{ [label]: name }, value]);

/** Nothing before 2xx: informational answers are no answers. */
const ofClass = (door: string, digit: number, value: number): readonly Reading[] =>
  digit < 2 ? [] : [[{ door, status: `${digit}xx` }, value]];
