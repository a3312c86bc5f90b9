import { afterAll, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/server.ts";

let door: Door;
let closed: Door;
beforeAll(async () => {
  door = await openDoor();
  closed = await openDoor({ allowClientTraits: false });
});
afterAll(async () => {
  await door.close();
  await closed.close();
});

const trait = (identifier: string, key: string, value: unknown) => ({
  identity: { identifier },
  trait_key: key,
  trait_value: value,
});
const stored = (identifier: string) => door.garden.traitsOf(door.node, identifier);

it("stores a trait and gives it back", async () => {
  const answer = await door.ask("/api/v1/traits/", { key: door.clientKey, body: trait("ada", "plan", "pro") });

  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual(trait("ada", "plan", "pro"));
  expect(await stored("ada")).toEqual({ plan: "pro" });
});

it("stores many traits of many identities at once, and deletes those that are null", async () => {
  await door.ask("/api/v1/traits", { key: door.clientKey, body: trait("bob", "old", 1) });

  const answer = await door.ask("/api/v1/traits/bulk/", {
    key: door.clientKey,
    method: "PUT",
    body: [trait("bob", "old", null), trait("bob", "new", true), trait("eve", "plan", "free")],
  });

  expect(answer.status).toBe(200);
  expect([await stored("bob"), await stored("eve")]).toEqual([{ new: true }, { plan: "free" }]);
});

it("stores nothing of a bulk with one bad entry", async () => {
  const answer = await door.ask("/api/v1/traits/bulk/", {
    key: door.clientKey,
    method: "PUT",
    body: [trait("zoe", "plan", "pro"), trait("zoe", "", 1)],
  });

  expect(answer.status).toBe(400);
  expect(await answer.json()).toHaveProperty("trait_key");
  expect(await stored("zoe")).toEqual({});
});

it("loses no increment of many at once", async () => {
  const body = { identifier: "counter", trait_key: "visits", increment_by: 2 };

  const answers = await Promise.all(
    Array.from({ length: 10 }, () => door.ask("/api/v1/traits/increment-value/", { key: door.clientKey, body })),
  );

  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(await stored("counter")).toEqual({ visits: 20 });
  expect(await (await door.ask("/api/v1/traits/increment-value", { key: door.clientKey, body })).json()).toEqual({
    identifier: "counter",
    trait_key: "visits",
    trait_value: 22,
  });
});

it.each([
  ["POST", "/api/v1/traits/", trait("", "plan", 1), /identifier/],
  ["POST", "/api/v1/traits/", { trait_key: "a", trait_value: 1 }, /identifier/],
  ["POST", "/api/v1/traits/", { identity: "ada", trait_key: "a", trait_value: 1 }, /identifier/],
  ["POST", "/api/v1/traits/", { identity: { identifier: "ada" }, trait_key: "a" }, /trait_value/],
  ["POST", "/api/v1/traits/", trait("ada", "k".repeat(201), 1), /trait_key/],
  ["POST", "/api/v1/traits/", "no json", /JSON parse error/],
  ["PUT", "/api/v1/traits/bulk/", {}, /Invalid request data/],
  ["PUT", "/api/v1/traits/bulk/", ["x"], /Invalid request data/],
  ["POST", "/api/v1/traits/increment-value/", { identifier: "ada", trait_key: "a", increment_by: 1.5 }, /increment_by/],
  ["POST", "/api/v1/traits/increment-value/", { identifier: "ada", trait_key: "a" }, /increment_by/],
  ["POST", "/api/v1/traits/increment-value/", { identifier: "ada", trait_key: "plan", increment_by: 1 }, /plan/],
])("%s %s refuses %j", async (...[method, path, body, complaint]) => {
  await door.ask("/api/v1/traits/", { key: door.clientKey, body: trait("ada", "plan", "pro") });

  const answer = await door.ask(path, { key: door.clientKey, method, body });

  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(complaint);
  expect(await stored("ada")).toEqual({ plan: "pro" });
});

it("lets no public key write traits where the environment forbids it", async () => {
  const body = trait("ada", "plan", "pro");
  const ask = (path: string, method: string, given: unknown) => closed.ask(path, { key: closed.clientKey, method, body: given });

  const statuses = [
    (await ask("/api/v1/traits/", "POST", body)).status,
    (await ask("/api/v1/traits/bulk/", "PUT", [body])).status,
    (await ask("/api/v1/traits/increment-value/", "POST", { identifier: "ada", trait_key: "n", increment_by: 1 })).status,
  ];
  const identified = await ask("/api/v1/identities/", "POST", {
    identifier: "ada",
    traits: [{ trait_key: "plan", trait_value: "pro" }],
  });

  expect(statuses).toEqual([400, 400, 400]);
  expect(identified.status).toBe(200);
  expect(await identified.json()).toMatchObject({ traits: [] });
  expect(await closed.storedIdentities()).toEqual([]);
  expect((await closed.ask("/api/v1/traits/", { key: closed.serverKey, body })).status).toBe(200);
});
