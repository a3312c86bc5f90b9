import { screen, waitFor } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { OutputOf } from "../../lib/procedures.ts";
import { anExplanation } from "../../testing/an-explanation.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { FlagPage } from "./FlagPage.tsx";
import { aFlag } from "./testing/a-flag.ts";

const shared = { "environments.list": () => [], "segments.list": () => ({ items: [], next: null }), "flags.get": () => aFlag() };
const open = () =>
  renderPage(FlagPage, {
    path: "/:organisation/:project/:environment/flags/:flag",
    at: "/shop/web/production/flags/new-checkout",
  });

it("explains what a made-up context gets, from its words as a program would send them", async () => {
  const calls = serve({ ...shared, "evaluations.explain": () => anExplanation });
  open();
  await userEvent.type(await screen.findByLabelText(/^Targeting key/), "ada");
  await userEvent.type(screen.getByLabelText(/^Attributes/), 'orders = 12{enter}plan = "7"');
  await userEvent.click(screen.getByRole("button", { name: "Test" }));

  expect(await screen.findByText("decided")).toBeVisible();
  expect(screen.getByText("“Welcome back”")).toBeVisible();
  expect(calls.find(({ path }) => path === "evaluations.explain")?.input).toEqual({
    organisation: "shop",
    project: "web",
    environment: "production",
    flag: "new-checkout",
    targetingKey: "ada",
    attributes: { orders: 12, plan: "7" },
  });
  expect(screen.getByRole("button", { name: "Copy decision token" })).toBeVisible();
});

it("says that an archived flag answers nobody", async () => {
  serve({ ...shared, "evaluations.explain": () => refuse({ code: "not_found", message: "There is no flag new-checkout." }) });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Test" }));

  await waitFor(() => expect(screen.getByText(/answers nobody here/)).toBeVisible());
});

const replayed = (answer: Partial<OutputOf<"evaluations.replay">>) => ({
  ...anExplanation,
  matches: true,
  differences: [],
  ...answer,
});

async function replay(): Promise<void> {
  await userEvent.type(await screen.findByLabelText(/^Targeting key/), "ada");
  await userEvent.click(screen.getByText("Replay a token"));
  await userEvent.type(screen.getByLabelText(/^Decision token/), " 1~token ");
  await userEvent.click(screen.getByRole("button", { name: "Replay" }));
}

it("replays a token for the context in the form, and forgets the answer when the context is another", async () => {
  const calls = serve({ ...shared, "evaluations.replay": () => replayed({}) });
  open();
  await replay();

  expect(await screen.findByText("Same answer: hero-banner at v12.")).toBeVisible();
  expect(screen.getByText("“Welcome back”")).toBeVisible();
  expect(calls.find(({ path }) => path === "evaluations.replay")?.input).toMatchObject({ token: "1~token", targetingKey: "ada" });

  await userEvent.type(screen.getByLabelText(/^Targeting key/), "m");
  expect(screen.queryByText(/^Same answer/)).toBeNull();
});

it("says what comes out otherwise", async () => {
  const differences = [{ what: "reason" as const, then: "SPLIT", again: "DISABLED" }];
  serve({ ...shared, "evaluations.replay": () => replayed({ matches: false, differences }) });
  open();
  await replay();

  expect(await screen.findByText("The reason was SPLIT and is DISABLED.")).toBeVisible();
});

it("says that the context is another one", async () => {
  const message = "The decision was made for another context; give the targeting key and attributes of that time.";
  const error = { code: "invalid" as const, message: "Check.", fields: [{ path: "attributes", message }] };
  serve({ ...shared, "evaluations.replay": () => refuse(error) });
  open();
  await replay();

  expect(await screen.findByText(message)).toBeVisible();
});
