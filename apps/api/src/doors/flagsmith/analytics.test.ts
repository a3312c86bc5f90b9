import { afterAll, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/server.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

it("counts reads of flags it knows, however they are spelled, and drops the rest", async () => {
  const body = { checkout: 3, CHECKOUT: 2, unknown: 5, dark: "many", banner_colour: -1, secret: 1.5 };

  const answer = await door.ask("/api/v1/analytics/flags/", { key: door.clientKey, body });

  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("");
  expect(await door.countsOf("checkout")).toEqual([{ enabled: false, count: 5 }]);
  expect([await door.countsOf("unknown"), await door.countsOf("dark"), await door.countsOf("secret")]).toEqual([[], [], []]);
});

it("counts evaluations apart by the state that was read", async () => {
  const evaluation = (enabled: boolean, count: number, name = "dark") => ({
    feature_name: name,
    identity_identifier: null,
    enabled_when_evaluated: enabled,
    count,
  });

  const answer = await door.ask("/api/v2/analytics/flags", {
    key: door.serverKey,
    body: { evaluations: [evaluation(true, 4), evaluation(false, 1), evaluation(true, 2), evaluation(true, 1, "nobody")] },
  });

  expect(answer.status).toBe(204);
  expect(await door.countsOf("dark")).toEqual([
    { enabled: false, count: 1 },
    { enabled: true, count: 6 },
  ]);
});

it.each([
  ["/api/v1/analytics/flags/", [], /Expected a JSON object/],
  ["/api/v1/analytics/flags/", "[", /JSON parse error/],
  ["/api/v2/analytics/flags/", {}, /evaluations/],
  ["/api/v2/analytics/flags/", { evaluations: [{ feature_name: "dark" }] }, /enabled_when_evaluated.*count/],
  ["/api/v2/analytics/flags/", { evaluations: ["dark"] }, /evaluations/],
])("%s refuses %j", async (path, body, complaint) => {
  const answer = await door.ask(path, { key: door.clientKey, body });

  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(complaint);
});
