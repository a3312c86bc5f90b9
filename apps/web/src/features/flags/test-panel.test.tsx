import { screen, waitFor } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
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
});

it("says that an archived flag answers nobody", async () => {
  serve({ ...shared, "evaluations.explain": () => refuse({ code: "not_found", message: "There is no flag new-checkout." }) });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Test" }));

  await waitFor(() => expect(screen.getByText(/answers nobody here/)).toBeVisible());
});
