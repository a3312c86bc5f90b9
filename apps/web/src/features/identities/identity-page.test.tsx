import { screen, waitFor, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { anExplanation } from "../../testing/an-explanation.ts";
import { serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { IdentityPage } from "./IdentityPage.tsx";
import type { Identity } from "./reasons.ts";

const at = { path: "/:organisation/:project/:environment/identities/:identifier", at: "/acme/shop/production/identities/ada" };

const ada = (own: boolean): Identity => ({
  id: 1,
  overrides: own ? 1 : 0,
  identifier: "ada",
  createdAt: "2026-11-01T00:00:00.000Z",
  lastSeen: null,
  traitValues: {},
  traits: 0,
  segments: [],
  flagOverrides: own ? [{ id: 1, flag: "new-checkout", enabled: true, value: null, weights: [] }] : [],
  outcomes: [
    {
      flag: "new-checkout",
      valueType: "boolean",
      enabled: own,
      value: null,
      variant: null,
      reason: own ? "TARGETING_MATCH" : "STATIC",
      source: own ? "identity" : "environment",
      segment: null,
      weight: null,
      prerequisite: null,
    },
  ],
});

function open(own: boolean) {
  const calls = serve({
    "environments.list": () => [{ id: 1, name: "Production", slug: "production", safety: "confirm" }],
    "identities.get": () => ada(own),
    "identityOverrides.set": () => ada(true),
    "identityOverrides.delete": () => ada(false),
  });
  renderPage(IdentityPage, at);
  return calls;
}

it("asks one sentence before an override reaches a careful environment", async () => {
  const calls = open(false);
  await userEvent.click(await screen.findByRole("button", { name: "Override new-checkout" }));
  await userEvent.click(await screen.findByRole("button", { name: "Set override" }));

  const question = await screen.findByRole("dialog", { name: "Set new-checkout for ada in Production?" });
  expect(question).toHaveTextContent("ada then gets on, whatever segments they are in.");
  expect(calls.some(({ path }) => path === "identityOverrides.set")).toBe(false);

  await userEvent.click(within(question).getByRole("button", { name: "Set override" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(calls.find(({ path }) => path === "identityOverrides.set")?.input).toMatchObject({ identifier: "ada", enabled: true });
});

it("leaves everything as it is when the answer is no", async () => {
  const calls = open(true);
  await userEvent.click(await screen.findByRole("button", { name: "Remove the override of new-checkout" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(calls.some(({ path }) => path === "identityOverrides.delete")).toBe(false);
});

it("tells why somebody gets what they get, by the traits that are known of them", async () => {
  const calls = serve({
    "environments.list": () => [],
    "identities.get": () => ({ ...ada(false), traitValues: { plan: "pro" } }),
    "evaluations.explain": () => anExplanation,
  });
  const address = renderPage(IdentityPage, at);
  await userEvent.click(await screen.findByRole("button", { name: "Why new-checkout" }));

  expect(await screen.findByRole("dialog", { name: "Why ada gets this from new-checkout" })).toBeVisible();
  expect(await screen.findByText("decided")).toBeVisible();
  expect(address()).toContain("why=new-checkout");
  expect(calls.find(({ path }) => path === "evaluations.explain")?.input).toMatchObject({
    flag: "new-checkout",
    targetingKey: "ada",
    attributes: { plan: "pro" },
  });
});
