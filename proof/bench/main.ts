import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { benchBroadcast, benchStream } from "./broadcast.bench.ts";
import { benchEvaluate } from "./evaluate.bench.ts";
import { benchGrowth } from "./growth.bench.ts";
import { benchHttp } from "./http.bench.ts";
import { FULL, QUICK } from "./pace.ts";
import type { Row } from "./rows.ts";
import { benchUnleash } from "./unleash.bench.ts";

const { values, positionals } = parseArgs({ options: { quick: { type: "boolean", default: false } }, allowPositionals: true });
const [prefix = ""] = positionals;
const pace = values.quick ? QUICK : FULL;

const isWanted = (name: string) => name.startsWith(prefix);

const SUITES = {
  evaluate: benchEvaluate,
  growth: benchGrowth,
  http: benchHttp,
  broadcast: benchBroadcast,
  stream: benchStream,
  unleash: benchUnleash,
} as const;

const rows: Row[] = [];
for (const [name, suite] of Object.entries(SUITES)) {
  if (!name.startsWith(prefix.split("/")[0] ?? "")) continue;
  console.log(`${name} …`);
  rows.push(...(await suite(pace, isWanted)).filter((row) => isWanted(row.name)));
}
if (rows.length === 0) throw new Error(`No row begins with "${prefix}". Suites: ${Object.keys(SUITES).join(", ")}.`);

console.table(
  Object.fromEntries(
    rows.map((row) => [
      row.name,
      {
        value: `${row.value.toPrecision(3)} ${row.unit}`,
        against: row.against,
        ratio: Number(row.ratio.toPrecision(3)),
        goal: row.goal,
        holds: row.holds,
      },
    ]),
  ),
);
const root = new URL("../../", import.meta.url);
writeFileSync(
  new URL("bench-results.json", root),
  `${JSON.stringify({ machine: machine(), versions: versions(), rows }, null, 2)}\n`,
);
process.exitCode = rows.every((row) => row.holds) ? 0 : 1;

function machine() {
  return {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: process.platform,
    quick: values.quick,
  };
}

function versions() {
  const installed = (name: string) =>
    (JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, root), "utf8")) as { version: string }).version;
  return {
    node: process.version,
    halyard: execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim(),
    "flagsmith-nodejs": installed("flagsmith-nodejs"),
    fastify: installed("fastify"),
  };
}
