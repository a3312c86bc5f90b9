import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectManagement, type Place } from "../lib/management.ts";
import { postgresUrl } from "../lib/services.ts";
import { ADMIN, type Stack, startStack } from "../lib/stack.ts";
import { arbitraryOf, type Document, fill, listOperations, type Operation } from "./testing/operations.ts";

const MOST_GROWTH = 200 * 2 ** 20;
const databases = postgresUrl === undefined ? (["pglite"] as const) : (["pglite", "postgres"] as const);
/** Of each database; 5,000 in all unless told. */
const REQUESTS = Math.ceil(Number(process.env["HALYARD_FUZZ_REQUESTS"] ?? 5_000) / databases.length);

interface Question {
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

describe.each(databases)("the REST API on %s", (database) => {
  let stack: Stack;
  let document: Document;
  let operations: readonly Operation[];
  let own: Record<string, string>;
  let cookie: string;
  const foreign = {
    organisation: "",
    project: "theirs",
    environment: "theirs-only",
    flag: "their-flag",
    segment: "their-segment",
  };

  const send = (method: string, path: string, { body, headers }: Question) =>
    fetch(`${stack.url}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  const asProgram = (method: string, path: string, body?: unknown) =>
    send(method, `/rest/v1${path}`, { body, headers: { authorization: `Api-Key ${stack.apiKey}` } });
  /** As the person who owns both organisations. */
  const asOwner = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await send(method, `/rest/v1${path}`, { body, headers: { cookie, origin: stack.url } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };

  beforeAll(async () => {
    stack = await startStack({ database, env: { HALYARD_MANAGEMENT_PER_MINUTE: "1000000" } });
    document = (await (await fetch(`${stack.url}/rest/openapi.json`)).json()) as Document;
    operations = listOperations(document);
    const management = await connectManagement(stack);
    const at: Place = await management.createProject("Ours");
    await management.createFlag(at, { key: "banner" });
    own = { ...at, flag: "banner" };
    const signedIn = await send("POST", "/api/auth/sign-in/email", { body: ADMIN, headers: { origin: stack.url } });
    cookie = signedIn.headers
      .getSetCookie()
      .map((it) => it.split(";")[0])
      .join("; ");
    const theirs = (await asOwner("POST", "/organisations", { name: "Elsewhere" })) as { slug: string };
    foreign.organisation = theirs.slug;
    const home = `/organisations/${theirs.slug}/projects`;
    await asOwner("POST", home, { name: "Theirs", environments: ["Theirs only"] });
    await asOwner("POST", `${home}/theirs/flags`, { key: "their-flag" });
  });

  afterAll(() => stack.stop());

  it("S-TEN-1: finds nothing in the organisation, project or environment of somebody else, and changes nothing there", async () => {
    const home = `/organisations/${foreign.organisation}`;
    const state = async () =>
      JSON.stringify([
        await asOwner("GET", `${home}/projects`),
        await asOwner("GET", `${home}/projects/theirs/environments/theirs-only/flags`),
        await asOwner("GET", `${home}/audit-events?limit=100`),
      ]);
    const before = await state();
    const wrong: string[] = [];
    let asked = 0;

    for (const { method, path, places } of operations) {
      for (const place of places.filter((it) => it in foreign)) {
        const address = fill(path, { ...own, [place]: foreign[place as keyof typeof foreign] });
        const { status } = await asProgram(method, address, method === "GET" || method === "DELETE" ? undefined : {});
        asked++;
        // Whether a flag or segment is there is asked only where the rest of the input is right.
        const isLeaf = place === "flag" || place === "segment";
        if (status !== 404 && !(isLeaf && status === 400)) wrong.push(`${method} ${path} with a foreign ${place}: ${status}`);
      }
    }

    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(operations.length);
    expect(await state()).toBe(before);
  });

  it(`answers ${REQUESTS} valid, near-valid and hostile requests without failing, and lives`, {
    timeout: 300_000 + REQUESTS * 50,
  }, async () => {
    const { pid = 0 } = stack.apis[0] ?? {};
    const before = residentBytes(pid);
    const failures: string[] = [];
    const each = Math.ceil(REQUESTS / operations.length);
    // What renames or deletes what everything stands in comes last, and what takes the key away is left out.
    const tried = operations
      .filter((it) => !(it.path.includes("/api-keys/{") || (it.method === "DELETE" && !it.path.includes("{project}"))))
      .sort((one, other) => Number(changesPlaces(one)) - Number(changesPlaces(other)));
    const answers = new Map<number, number>();

    let asked = 0;
    for (const [index, operation] of tried.entries()) {
      const inputs = fc.sample(inputOf(operation), { numRuns: each, seed: index + 1 });
      for (let from = 0; from < inputs.length; from += 8) {
        await Promise.all(
          inputs.slice(from, from + 8).map(async ({ query, body }) => {
            const answer = await asProgram(operation.method, fill(operation.path, own) + query, body);
            const text = await answer.text();
            asked++;
            answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
            if (answer.status >= 500 || /\bat .*\.js:\d+/.test(text)) {
              failures.push(
                `${operation.method} ${operation.path}${query} ${JSON.stringify(body ?? null).slice(0, 300)}: ${answer.status} ${text}`,
              );
            }
          }),
        );
      }
    }

    expect(failures.slice(0, 5)).toEqual([]);
    expect(asked).toBeGreaterThanOrEqual(Math.min(REQUESTS, each * tried.length));
    // Were most of them not found or not let in, nothing behind those doors would have been tried.
    expect(answers.get(401) ?? 0).toBe(0);
    for (const status of [200, 400]) expect(answers.get(status) ?? 0, JSON.stringify([...answers])).toBeGreaterThan(asked / 20);
    expect((await fetch(`${stack.url}/health/readiness/`)).status).toBe(200);
    expect(residentBytes(pid) - before).toBeLessThan(MOST_GROWTH);
  });

  function inputOf({ method, query, body }: Operation): fc.Arbitrary<{ readonly query: string; readonly body: unknown }> {
    const text = fc
      .record(Object.fromEntries(Object.entries(query).map(([name, schema]) => [name, arbitraryOf(schema, document)])), {
        requiredKeys: [],
      })
      .map((values) => `?${new URLSearchParams(Object.entries(values).map(([name, it]) => [name, textOf(it)])).toString()}`);
    const sendsBody = method !== "GET" && method !== "DELETE";
    return fc.record({ query: text, body: sendsBody ? arbitraryOf(body ?? {}, document) : fc.constant(undefined) });
  }
});

const changesPlaces = ({ method, path }: Operation): boolean =>
  method === "DELETE" ||
  (method === "PATCH" && /\{(organisation|project|environment)\}$/.test(path)) ||
  path.endsWith("/archived");

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 2_000);

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1_024;
