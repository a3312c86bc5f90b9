import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../../testing/browser.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { createWorld, type World } from "../../testing/world.ts";

let server: TestServer;
let world: World;
beforeAll(async () => {
  [server, world] = await Promise.all([startServer(), createWorld()]);
});
afterAll(async () => {
  await Promise.all([server.close(), world.close()]);
});

interface Event {
  readonly id: number;
  readonly action: string;
}

/** Newest first, as the administrator's program reads them. */
async function events(action: string) {
  const [home] = (await server.ask("GET", "/rest/v1/organisations")).body as { slug: string }[];
  const at = `/rest/v1/organisations/${home?.slug}/audit-events`;
  const { items } = (await server.ask("GET", `${at}?action=${action}`)).body as { items: Event[] };
  return Promise.all(items.map(async ({ id }) => (await server.ask("GET", `${at}/${id}`)).body));
}

it("S-AUD-1: a sign-in stands in the log of the person's organisation by the time it is answered", async () => {
  const { status } = await openBrowser(server).signIn(server.email, server.password);

  expect(status).toBe(200);
  expect(await events("sign-in.succeeded")).toMatchObject([{ after: { method: "password", secondFactor: "none" } }]);
});

it("S-AUD-1: failed sign-ins are one row with their count; an address that nobody has leaves none", async () => {
  const page = openBrowser(server);
  for (let n = 0; n < 3; n++) expect((await page.signIn(server.email, "not the password")).status).toBe(401);
  expect((await page.signIn("nobody@example.com", "not the password")).status).toBe(401);
  expect(await events("sign-in.failed")).toEqual([]);

  await server.services.tallies.flush();

  expect(await events("sign-in.failed")).toMatchObject([{ after: { count: 3 } }]);
});

it("S-AUD-1: the first use of an API key is one row, also when it is used often at once", async () => {
  await Promise.all(Array.from({ length: 5 }, () => server.ask("GET", "/rest/v1/organisations")));

  expect(await events("key.first-used")).toHaveLength(1);
});

it("S-AUD-1: denials are one row for each person and action, with their count", async () => {
  const { inEnvironment } = world;
  await world.callerAs("editor").flags.create({ ...world.inProject, key: "banner" });
  const viewer = world.callerAs("viewer");
  const attempt = () => viewer.flags.setEnabled({ ...inEnvironment, flag: "banner", enabled: true });
  for (let n = 0; n < 4; n++) await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });

  await world.services.tallies.flush();

  const api = world.callerAs("owner");
  const organisation = world.organisation.slug;
  const { items } = await api.audit.list({ organisation, action: "access.denied" });
  expect(items).toMatchObject([{ actorRef: `user:${world.actors.viewer.userId}`, subject: "procedure:flags.setEnabled" }]);
  expect(await api.audit.get({ organisation, id: items[0]?.id ?? 0 })).toMatchObject({ after: { count: 4 } });
});
