import { afterAll, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/server.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
  const pro = { trait_key: "plan", trait_value: "pro" };
  await door.ask("/api/v1/identities/", { key: door.serverKey, body: { identifier: "known", traits: [pro] } });
  await door.ask("/api/v1/flags/", { key: door.clientKey });
  await door.loseDatabase();
});
afterAll(() => door.close());

it("serves flags and the document from memory while the database is away", async () => {
  expect((await door.ask("/api/v1/flags/", { key: door.clientKey })).status).toBe(200);
  expect((await door.ask("/api/v1/environment-document/", { key: door.serverKey })).status).toBe(200);
});

it("decides by the traits of the request, and says that it did", async () => {
  const answer = await door.ask("/api/v1/identities/", {
    key: door.serverKey,
    body: { identifier: "new here", traits: [{ trait_key: "plan", trait_value: "pro" }] },
  });

  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-halyard-traits")).toBe("request");
  expect(await answer.text()).toContain('"feature_state_value":"new"');
});

it("refuses writes of traits with the time to come back, and counts go on without a word", async () => {
  const body = { identity: { identifier: "ada" }, trait_key: "plan", trait_value: "pro" };

  const answers = [
    await door.ask("/api/v1/traits/", { key: door.serverKey, body }),
    await door.ask("/api/v1/traits/bulk/", { key: door.serverKey, method: "PUT", body: [body] }),
    await door.ask("/api/v1/traits/increment-value/", {
      key: door.serverKey,
      body: { identifier: "ada", trait_key: "n", increment_by: 1 },
    }),
  ];
  const counted = await door.ask("/api/v1/analytics/flags/", { key: door.clientKey, body: { checkout: 1 } });

  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answer.json()).toHaveProperty("detail");
  }
  expect(counted.status).toBe(200);
});
