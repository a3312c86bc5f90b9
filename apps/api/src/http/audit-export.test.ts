import { afterAll, beforeAll, expect, it } from "vitest";
import { startServer, type TestServer } from "../testing/server.ts";

const HOME = "/rest/v1/organisations/halyard";
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.ask("POST", `${HOME}/projects`, { body: { name: "Web shop" } });
  for (let n = 0; n < 110; n++)
    await server.ask("POST", `${HOME}/projects/web-shop/tags`, { body: { label: `=tag "${n}", with\na line` } });
});
afterAll(() => server.close());

const exported = (query: string) => server.ask("GET", `${HOME}/audit-events/export${query}`);

it("gives every event as JSON lines, more than one page of them", async () => {
  const answer = await exported("");

  const events = answer.text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: number; action: string });
  expect(answer.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-halyard-\d{4}-\d{2}-\d{2}\.jsonl"$/);
  expect(events.filter((event) => event.action === "tag.created")).toHaveLength(110);
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
});

it("gives the filtered events as CSV that no spreadsheet runs", async () => {
  const { text } = await exported("?format=csv&action=tag");

  const [heading, ...rows] = text.trimEnd().split("\r\n");
  expect(heading).toBe("id,at,actor,actorRef,action,subject,project,environment");
  expect(rows).toHaveLength(110);
  expect(text).not.toMatch(/(^|,)"?[=+@]/m);
});

it("refuses a wrong filter, another organisation and nobody, before a byte is sent", async () => {
  expect(await exported("?from=yesterday")).toMatchObject({ status: 400, body: { code: "invalid", fields: [{ path: "from" }] } });
  expect(await exported("?colour=red")).toMatchObject({ status: 400 });
  expect(await server.ask("GET", "/rest/v1/organisations/elsewhere/audit-events/export")).toMatchObject({ status: 404 });
  expect(await server.askPlainly("GET", `${HOME}/audit-events/export`)).toMatchObject({ status: 401 });
});
