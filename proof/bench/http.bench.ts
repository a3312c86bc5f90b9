import { createPostgresDatabase, testPostgresUrl } from "@halyard/db/testing";
import { connectManagement, type Management, type Place } from "../lib/management.ts";
import { build, type Stack, startStack } from "../lib/stack.ts";
import { type Statement, startBareServer } from "./bare-server.ts";
import { type Asking, compareLoads } from "./load.ts";
import { type Pace, QUICK } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";
import { flagsByTheHundred } from "./workloads.ts";

const FLAGS = 100;

interface Case {
  readonly name: string;
  readonly path: string;
  readonly asking: Asking;
  readonly goal: number;
  readonly against: string;
  /** Asked with the tag of an answer, so that it is a 304. */
  readonly isUnchanged?: boolean;
  /** What the bare server does on a database before it answers. */
  readonly statement?: string;
}

/** All of them take longer than a quick run has; one that is asked for by name is measured all the same. */
const IN_QUICK = new Set(["http/flags", "http/flags-304", "http/identities"]);

const SAME_BYTES = "bare node:http reading and sending the same bytes";

/** CPU of the server process per request, with limits and metrics on, against a server that does nothing else. */
export async function benchHttp(pace: Pace, isWanted: (name: string) => boolean): Promise<Row[]> {
  build();
  const database = testPostgresUrl === undefined ? undefined : await createPostgresDatabase();
  const stack = await startStack({
    database: database ? "postgres" : "pglite",
    env: { HALYARD_METRICS_PATH: "/metrics" },
  });
  try {
    const isShort = pace === QUICK && isWanted("http/");
    const cases = (await casesOf(stack)).filter(({ name }) => isWanted(name) && (!isShort || IN_QUICK.has(name)));
    const rows: Row[] = [];
    for (const it of cases) {
      if (it.statement !== undefined && !database) {
        console.log(`${it.name} skipped: it compares work on a PostgreSQL, and none was found; set TEST_DATABASE_URL.`);
        continue;
      }
      const statement = it.statement === undefined || !database ? undefined : { text: it.statement, url: database.url };
      const row = await measure(stack, it, { pace, statement });
      console.log(`${row.name}: ${row.value.toFixed(1)} ${row.unit}, ${row.ratio.toFixed(3)} of ${row.against}`);
      rows.push(row);
    }
    return rows;
  } finally {
    await stack.stop();
    await database?.drop();
  }
}

async function measure(
  stack: Stack,
  it: Case,
  { pace, statement }: { pace: Pace; statement: Statement | undefined },
): Promise<Row> {
  const { name, against, goal } = it;
  const url = `${stack.url}${it.path}`;
  const asking = it.isUnchanged ? await withTag(url, it.asking) : it.asking;
  const theirs = await startBareServer(await askOnce(url, asking), statement);
  try {
    const costs = await compareLoads({ url, pid: stack.apis[0]?.pid ?? 0, asking }, { ...theirs, asking }, pace);
    return toRow({ name, unit: "µs CPU per request", against, goal, ...costs });
  } finally {
    theirs.stop();
  }
}

async function withTag(url: string, asking: Asking): Promise<Asking> {
  const tag = (await askOnce(url, asking)).headers.get("etag") ?? "";
  return { ...asking, headers: { ...asking.headers, "If-None-Match": tag }, status: 304 };
}

async function askOnce(url: string, { method, headers, bodies }: Asking): Promise<Response> {
  const [body] = typeof bodies === "function" ? [bodies()] : (bodies ?? []);
  return fetch(url, {
    method,
    headers: { ...headers, "accept-encoding": "identity", ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body }),
  });
}

async function casesOf(stack: Stack): Promise<Case[]> {
  const management = await connectManagement(stack);
  const place = await management.createProject("Bench");
  await growFlags(management, place);
  const client = { "X-Environment-Key": await management.clientKey(place) };
  const server = { "X-Environment-Key": await management.serverKey(place) };
  const flags = "/api/v1/flags/";
  const document = "/api/v1/environment-document/";
  const identities = "/api/v1/identities/";
  const bulk = "/ofrep/v1/evaluate/flags";
  const { contexts } = flagsByTheHundred(1);
  const known = contexts.map(({ targetingKey, attributes = {} }) =>
    JSON.stringify({
      identifier: targetingKey,
      traits: Object.entries(attributes).map(([key, value]) => ({ trait_key: key, trait_value: value })),
    }),
  );
  const asked = contexts.map(({ targetingKey, attributes }) => JSON.stringify({ context: { targetingKey, ...attributes } }));
  const [one = ""] = asked;
  const bearer = { "X-API-Key": client["X-Environment-Key"] };
  let count = 0;

  return [
    { name: "http/flags", path: flags, asking: { method: "GET", headers: client }, goal: 0.9, against: SAME_BYTES },
    {
      name: "http/flags-304",
      path: flags,
      asking: { method: "GET", headers: client },
      isUnchanged: true,
      goal: 0.8,
      against: SAME_BYTES,
    },
    { name: "http/document", path: document, asking: { method: "GET", headers: server }, goal: 0.9, against: SAME_BYTES },
    {
      name: "http/document-304",
      path: document,
      asking: { method: "GET", headers: server },
      isUnchanged: true,
      goal: 0.8,
      against: SAME_BYTES,
    },
    {
      name: "http/identities",
      path: identities,
      asking: { method: "POST", headers: client, bodies: known },
      goal: 0.3,
      against: SAME_BYTES,
    },
    {
      name: "http/identities-cold",
      path: identities,
      asking: { method: "POST", headers: server, bodies: () => JSON.stringify({ identifier: `cold-${count++}`, traits: [] }) },
      goal: 0.5,
      against: "the same and one prepared SELECT",
      statement: "select value from bare where identifier = $1 and value <> $2",
    },
    {
      name: "http/identities-write",
      path: identities,
      asking: {
        method: "POST",
        headers: server,
        bodies: () =>
          JSON.stringify({ identifier: `writes-${count++ % 1_000}`, traits: [{ trait_key: "count", trait_value: count }] }),
      },
      goal: 0.5,
      against: "the same and one row committed",
      statement: "insert into bare values ($1, $2) on conflict (identifier) do update set value = excluded.value",
    },
    {
      name: "http/ofrep",
      path: bulk,
      asking: { method: "POST", headers: bearer, bodies: asked },
      goal: 0.3,
      against: SAME_BYTES,
    },
    {
      name: "http/ofrep-304",
      path: bulk,
      asking: { method: "POST", headers: bearer, bodies: [one] },
      isUnchanged: true,
      // There is nothing to send: what is left is reading and hashing the context.
      goal: 0.2,
      against: SAME_BYTES,
    },
  ];
}

/** Of every ten flags one has two variants, so that each identity is placed. */
async function growFlags(management: Management, place: Place): Promise<void> {
  for (let n = 1; n <= FLAGS; n++) {
    const flag = { key: `flag-${n}`, valueType: "string", value: `value-${n}`, enabled: true } as const;
    const variants = ["red", "blue"].map((key) => ({ key, value: `${key}-${n}`, weight: 40 }));
    await management.createFlag(place, n % 10 === 0 ? { ...flag, variants } : flag);
  }
}
