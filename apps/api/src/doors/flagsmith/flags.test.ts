import { afterAll, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/server.ts";

interface FlagObject {
  readonly id: number | null;
  readonly enabled: boolean;
  readonly feature_state_value: unknown;
  readonly feature: { readonly id: number; readonly name: string; readonly type: string; readonly created_date: string | null };
  readonly environment: number | null;
}

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const list = async (key: string, path = "/api/v1/flags/") => (await (await door.ask(path, { key })).json()) as FlagObject[];
const names = (flags: readonly FlagObject[]) => flags.map((one) => one.feature.name).sort();

it("gives every flag of the environment to a server, with and without the slash", async () => {
  const flags = await list(door.serverKey);

  expect(names(flags)).toEqual(["Banner_Colour", "checkout", "dark", "secret"]);
  expect(flags).toEqual(await list(door.serverKey, "/api/v1/flags"));
  expect(flags.find((one) => one.feature.name === "Banner_Colour")).toMatchObject({
    id: expect.any(Number) as unknown,
    environment: door.garden.environment.id,
    enabled: true,
    feature_state_value: "grey",
    feature: { type: "MULTIVARIATE", created_date: expect.any(String) as unknown },
  });
  expect(flags.find((one) => one.feature.name === "dark")).toMatchObject({ enabled: false, feature_state_value: null });
});

it("keeps server-only flags and everything sensitive from a public key", async () => {
  const flags = await list(door.clientKey);

  expect(names(flags)).toEqual(["Banner_Colour", "checkout", "dark"]);
  for (const flag of flags) expect(flag).toMatchObject({ id: null, environment: null, feature: { created_date: null } });
});

it("sends the headers that clients and browsers read", async () => {
  const answer = await door.ask("/api/v1/flags/", { key: door.clientKey });

  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-expose-headers")).toMatch(/x-flagsmith-document-updated-at/i);
  expect(answer.headers.get("cache-control")).toBe("no-cache");
  expect(answer.headers.get("vary")).toMatch(/x-environment-key/i);
  expect(answer.headers.get("flagsmith-version")).toMatch(/^\d+\.\d+\.\d+$/);
  const updatedAt = Number(answer.headers.get("x-flagsmith-document-updated-at"));
  expect(Math.abs(updatedAt - Date.now() / 1_000)).toBeLessThan(3_600);
  expect(await (await door.ask("/api/v1/flags/", { key: door.clientKey, method: "HEAD" })).text()).toBe("");
});

it("answers 304 only who asks, with the time of now although these flags did not change", async () => {
  const first = await door.ask("/api/v1/flags/", { key: door.clientKey });
  const tag = first.headers.get("etag") ?? "";
  await door.overrideFor("somebody", door.ids.checkout, false);

  const again = await door.ask("/api/v1/flags/", { key: door.clientKey, headers: { "If-None-Match": tag } });

  expect(again.status).toBe(304);
  expect(again.headers.get("etag")).toBe(tag);
  expect(Number(again.headers.get("x-flagsmith-document-updated-at"))).toBeGreaterThan(
    Number(first.headers.get("x-flagsmith-document-updated-at")),
  );
  expect((await door.ask("/api/v1/flags/", { key: door.clientKey })).status).toBe(200);
});

it("gives one flag by its name, and 404 in Flagsmith's words for what the key may not know", async () => {
  const one = (await (await door.ask("/api/v1/flags/?feature=secret", { key: door.serverKey })).json()) as FlagObject;
  const hidden = await door.ask("/api/v1/flags/?feature=secret", { key: door.clientKey });

  expect(one.feature.name).toBe("secret");
  expect(hidden.status).toBe(404);
  expect(await hidden.json()).toEqual({ detail: "Given feature not found" });
});

it("shows neither disabled nor server-only flags to a public key where disabled ones are hidden", async () => {
  await door.hideDisabled(true);
  const seen = names(await list(door.clientKey));
  const one = await door.ask("/api/v1/flags/?feature=dark", { key: door.serverKey });
  await door.hideDisabled(false);

  expect(seen).toEqual(["Banner_Colour", "checkout"]);
  expect(one.status).toBe(404);
});

it("lists the options of a flag with variants", async () => {
  const answer = await door.ask(`/api/v1/flags/${door.ids.banner}/multivariate-options/`, { key: door.clientKey });

  expect(await answer.json()).toEqual({ control_value: "grey", options: [{ value: "blue" }, { value: "red" }] });
  expect((await door.ask("/api/v1/flags/99999/multivariate-options/", { key: door.clientKey })).status).toBe(404);
});

it.each([
  ["no key", undefined, "Invalid or missing Environment key"],
  ["an unknown key", "nobody", "Invalid or missing Environment Key"],
  ["an invented server key", "ser.abc", "Invalid or missing Environment Key"],
  ["a key longer than any", "k".repeat(5_000), "Invalid or missing Environment Key"],
])("refuses %s", async (_, key, detail) => {
  const answer = await door.ask("/api/v1/flags/", { ...(key !== undefined && { key }) });

  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ detail });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});

it("answers past the router as it does through it", async () => {
  for (const kind of ["client", "server"] as const) {
    const key = await door.garden.addKey(door.node, kind);
    await door.ask("/api/v1/flags/", { key });
    const through = await door.ask("/api/v1/flags/?unknown=1", { key });
    const past = await door.ask("/api/v1/flags/", { key });
    const withoutDate = ({ headers }: Response) => [...headers].filter(([name]) => name !== "date");

    expect(past.status).toBe(200);
    expect(withoutDate(past)).toEqual(withoutDate(through));
    expect(await past.text()).toBe(await through.text());
    expect((await door.ask("/api/v1/flags/", { key: `${key}x` })).status).toBe(401);
  }
});

it("refuses keys that were revoked or have expired", async () => {
  const revoked = await door.garden.addKey(door.node, "server");
  expect((await door.ask("/api/v1/flags/", { key: revoked })).status).toBe(200);
  await door.garden.revokeKey(door.node, revoked);
  const expired = await door.garden.addKey(door.node, "server", { expiresAt: new Date(Date.now() - 1_000) });

  await expect.poll(async () => (await door.ask("/api/v1/flags/", { key: revoked })).status).toBe(401);
  expect((await door.ask("/api/v1/flags/", { key: expired })).status).toBe(401);
});

it("answers preflights of any page and any SDK", async () => {
  const answer = await door.ask("/api/v1/identities/", {
    method: "OPTIONS",
    headers: {
      Origin: "https://shop.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "content-type,x-environment-key,x-own",
    },
  });

  expect(answer.status).toBe(204);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-allow-methods")).toMatch(/POST/);
  expect(answer.headers.get("access-control-allow-headers")).toMatch(/Flagsmith-SDK-User-Agent.*x-own/);
});

it("answers in its own words where there is nothing", async () => {
  for (const [method, path] of [
    ["GET", "/api/v1/nothing/"],
    ["DELETE", "/api/v1/flags/"],
    ["GET", "/api/v2/analytics/flags/"],
  ] as const) {
    const answer = await door.ask(path, { method, key: door.clientKey });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ detail: expect.stringContaining(path) as unknown });
  }
});

it("tells that it is alive and ready, without a key", async () => {
  for (const path of ["/health", "/health/", "/health/liveness/", "/health/readiness", "/version/"]) {
    expect((await door.ask(path)).status, path).toBe(200);
  }
});
