import { QueryClient } from "@tanstack/solid-query";
import { expect, it } from "vitest";
import { serve } from "../testing/network.ts";
import { touchedBy } from "./live.ts";
import { refreshRows, writeRow } from "./live-rows.ts";
import type { ItemOf } from "./queries.ts";
import { queryKey } from "./queries.ts";

type Flag = ItemOf<"flags.list">;

const place = { organisation: "shop", project: "web", environment: "production" };
const flag = (key: string, description: string): Flag => ({
  id: 1,
  key,
  description,
  valueType: "boolean",
  valueSchema: null,
  defaultValue: null,
  serverOnly: false,
  archivedAt: null,
  createdAt: "2026-11-01T00:00:00.000Z",
  tags: [],
  owners: [],
  variants: [],
  states: [],
  lastChange: null,
});
const listKey = (environment: string) => [...queryKey("flags.list", { ...place, environment, limit: 2 }), "pages"];

function clientWithLists() {
  const client = new QueryClient();
  for (const environment of ["production", "staging"]) {
    client.setQueryData(listKey(environment), {
      pages: [
        { items: [flag("a", "old"), flag("b", "old")], next: "b" },
        { items: [flag("c", "old")], next: null },
      ],
      pageParams: [undefined, "b"],
    });
  }
  return client;
}
const descriptions = (client: QueryClient, environment: string) =>
  client
    .getQueryData<{ pages: { items: Flag[] }[] }>(listKey(environment))
    ?.pages.flatMap(({ items }) => items.map(({ key, description }) => `${key} ${description}`));

it("puts a changed flag into its row and leaves other rows and environments alone", () => {
  const client = clientWithLists();

  writeRow(client, place, flag("c", "new"));

  expect(descriptions(client, "production")).toEqual(["a old", "b old", "c new"]);
  expect(descriptions(client, "staging")).toEqual(["a old", "b old", "c old"]);
});

it("asks nothing for lists that nobody looks at, and marks them old", async () => {
  const asked = serve({});
  const client = clientWithLists();

  await refreshRows(client, ["a"]);

  expect(asked).toEqual([]);
  expect(client.getQueryState(listKey("production"))?.isInvalidated).toBe(true);
});

it("asks history and versions again whatever happened", () => {
  for (const kind of ["flag.state", "segment.updated", "key.revoked", "import"] as const) {
    expect(touchedBy(kind)).toEqual(expect.arrayContaining(["revisions", "environments"]));
  }
});
