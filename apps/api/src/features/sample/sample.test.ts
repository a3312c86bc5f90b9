import { compile, evaluate } from "@halyard/evaluator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { system } from "../../actor.ts";
import { createWorld } from "../../testing/world.ts";
import { readSnapshot } from "../revisions/index.ts";
import { createSample } from "./index.ts";

let world: Awaited<ReturnType<typeof createWorld>>;
beforeAll(async () => {
  world = await createWorld();
  await createSample({ revisions: world.services.revisions, actor: system("first start"), organisation: world.organisation });
});
afterAll(() => world.close());

const production = () => ({ organisation: world.organisation.slug, project: "sample-shop", environment: "production" });

it("holds the shop's flags and the 12 of the published list", async () => {
  const page = await world.callerAs("editor").flags.list({ ...production(), limit: 100 });

  expect(page.items).toHaveLength(20);
  expect(page.items.map((it) => it.key)).toEqual(expect.arrayContaining(["one-page-checkout", "legacy-cart", "oauth_github"]));
});

it("gives people what the story says", async () => {
  const environments = await world
    .callerAs("editor")
    .environments.list({ organisation: world.organisation.slug, project: "sample-shop" });
  const id = environments.find((it) => it.slug === "production")?.id ?? 0;
  const { snapshot, identityOverrides } = await readSnapshot(world.db, id);
  const compiled = compile(snapshot, { identityOverrides });

  const ada = { targetingKey: "ada@example.com", attributes: { orders: 23, country: "DE", beta: true } };
  expect(evaluate(compiled, "free-shipping-from", ada)).toMatchObject({ value: 20, source: "segment" });
  expect(evaluate(compiled, "express-delivery", ada)).toMatchObject({ value: true, segment: "Beta testers" });
  expect(evaluate(compiled, "express-delivery", { targetingKey: "grace@example.com" })).toMatchObject({
    value: true,
    source: "identity",
  });
  const rolledOut = Array.from(
    { length: 2_000 },
    (_, n) => evaluate(compiled, "express-delivery", { targetingKey: `visitor-${n}` }).enabled,
  );
  const share = rolledOut.filter(Boolean).length / rolledOut.length;
  expect(share).toBeGreaterThan(0.26);
  expect(share).toBeLessThan(0.34);
});

it("shows identities with their traits, and a flag nobody touched for months", async () => {
  const people = await world.callerAs("editor").identities.list(production());
  const stale = await world.callerAs("editor").flags.get({ ...production(), flag: "legacy-cart" });

  expect(people.items.map((it) => it.identifier)).toContain("ada@example.com");
  expect(Date.now() - Date.parse(stale.createdAt)).toBeGreaterThan(150 * 86_400_000);
});
