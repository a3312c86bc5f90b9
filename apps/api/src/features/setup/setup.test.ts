import { openTestDatabase } from "@halyard/db/testing";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildApp } from "../../app.ts";
import { readConfig } from "../../config.ts";
import { appRouter } from "../../router.ts";
import { containing } from "../../testing/matchers.ts";
import { createCallerFactory } from "../../trpc.ts";
import { createProject } from "../projects/index.ts";
import { bootstrap } from "./bootstrap.ts";
import { setupToken } from "./setup-link.ts";

const SECRET = "a secret only for tests, thirty-two long";
const token = setupToken(SECRET);
const WISH = {
  name: "Ada",
  email: "ada@example.com",
  password: "correct horse battery",
  organisation: "Acme",
  project: "Web shop",
  flag: "new-checkout",
};

const open = async () => {
  const database = await openTestDatabase();
  const { http, services } = await buildApp({
    config: readConfig({}),
    database,
    log: pino({ level: "silent" }),
    secret: SECRET,
    baseUrl: "http://localhost:8000",
  });
  return { database, http, services };
};

let place: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  place = await open();
});
afterAll(async () => {
  await place.http.close();
  await place.database.close();
});

it("leads from the printed link to an administrator who can sign in, once, and adopts the sample", async () => {
  const { services } = place;
  const caller = createCallerFactory(appRouter)({ ...services, actor: null, request: { address: null, requestId: null } });
  let samples = 0;
  const start = () =>
    bootstrap(services, {
      config: { initAdmin: undefined, initApiKey: undefined, sample: true },
      token,
      sample: (ctx) => {
        samples += 1;
        return createProject(ctx, { name: "Sample" });
      },
    });

  expect(await start()).toEqual({ isSetupNeeded: true });
  expect(await start()).toEqual({ isSetupNeeded: true });
  expect(samples).toBe(1);
  expect(await caller.setup.status()).toEqual({ needed: true });
  await expect(caller.setup.complete({ ...WISH, token: "guess" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(caller.setup.complete({ ...WISH, token, password: "short" })).rejects.toMatchObject({ code: "BAD_REQUEST" });

  const made = await caller.setup.complete({ ...WISH, token });

  expect(made).toEqual({ organisation: "acme", project: "web-shop", environment: "development", flag: "new-checkout" });
  const { user } = await services.auth.api.signInEmail({ body: { email: WISH.email, password: WISH.password } });
  const ada = createCallerFactory(appRouter)({
    ...services,
    actor: { kind: "person", userId: user.id, name: user.name, email: user.email },
    request: { address: null, requestId: null },
  });
  expect((await ada.organisations.list()).map((it) => it.role)).toEqual(["owner", "owner"]);
  const again = caller.setup.complete({ ...WISH, token, email: "eve@example.com" });
  await expect(again).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("used already") });
  expect(await caller.setup.status()).toEqual({ needed: false });
  expect(await start()).toEqual({ isSetupNeeded: false });
});
