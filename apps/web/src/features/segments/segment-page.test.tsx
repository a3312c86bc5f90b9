import { screen, waitFor } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Answers } from "../../testing/network.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { NewSegmentPage } from "./NewSegmentPage.tsx";
import { SegmentPage } from "./SegmentPage.tsx";
import type { Segment } from "./use-segment-draft.ts";

const at = { path: "/:organisation/:project/:environment/segments/:segment", at: "/acme/shop/production/segments/loyal" };
const LOYAL: Segment = {
  id: 1,
  key: "loyal",
  name: "Loyal",
  description: "",
  version: 3,
  createdAt: "2026-11-01T00:00:00.000Z",
  flags: 0,
  rules: [{ type: "ALL", conditions: [{ operator: "GREATER_THAN", property: "orders", value: "10" }], rules: [] }],
  longLists: [],
  usedBy: [],
};
const withOrders = (value: string, version: number): Segment => ({
  ...LOYAL,
  version,
  rules: [{ type: "ALL", conditions: [{ operator: "GREATER_THAN", property: "orders", value }], rules: [] }],
});

const environment = (name: string, safety: "free" | "confirm") => ({ id: 1, name, slug: name.toLowerCase(), safety });

async function changeOrders(answers: Answers) {
  const asked = serve({
    "segments.get": () => LOYAL,
    "environments.list": () => [environment("Production", "free")],
    ...answers,
  });
  renderPage(SegmentPage, at);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Value of condition 1"), "0");
  return { asked, user, save: () => user.click(screen.getByRole("button", { name: /^Save/ })) };
}

it("saves over the version that was opened, and says which one it became", async () => {
  const { asked, save } = await changeOrders({ "segments.update": () => withOrders("100", 4) });

  await save();

  expect(await screen.findByText("Saved Loyal as v4")).toBeVisible();
  expect(asked.find(({ path }) => path === "segments.update")?.input).toMatchObject({
    segment: "loyal",
    expectedVersion: 3,
    rules: withOrders("100", 3).rules,
  });
});

it("asks one sentence before new rules reach a careful environment, and Enter says yes", async () => {
  const { asked, user, save } = await changeOrders({
    "segments.get": () => ({ ...LOYAL, usedBy: [{ flag: "new-checkout", environment: "production", enabled: true }] }),
    "environments.list": () => [
      environment("Development", "free"),
      environment("Staging", "free"),
      environment("Production", "confirm"),
    ],
    "segments.update": () => withOrders("100", 4),
  });

  await save();
  expect(await screen.findByRole("dialog")).toHaveTextContent(
    "This changes who gets what in 3 environments, Production among them.",
  );
  expect(asked.some(({ path }) => path === "segments.update")).toBe(false);

  await waitFor(() => expect(screen.getByRole("button", { name: "Save rules" })).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(await screen.findByText("Saved Loyal as v4")).toBeVisible();
});

it("asks nothing where only the name changes: nobody gets anything else", async () => {
  serve({
    "segments.get": () => LOYAL,
    "environments.list": () => [environment("Production", "confirm")],
    "segments.update": () => ({ ...LOYAL, name: "Loyal!", version: 4 }),
  });
  renderPage(SegmentPage, at);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Name"), "!");
  await user.click(screen.getByRole("button", { name: /^Save/ }));

  expect(await screen.findByText("Saved Loyal! as v4")).toBeVisible();
});

it("tries rules that look at the environment with its name, not with its address", async () => {
  serve({
    "segments.get": () => ({
      ...LOYAL,
      rules: [
        { type: "ALL", conditions: [{ operator: "EQUAL", property: "$.environment.name", value: "Live shop" }], rules: [] },
      ],
    }),
    "environments.list": () => [{ ...environment("Live shop", "free"), slug: "production" }],
  });
  renderPage(SegmentPage, at);

  await userEvent.setup().type(await screen.findByLabelText("Identifier"), "ada");

  expect(await screen.findByText("In this segment")).toBeVisible();
});

it("shows both versions when somebody saved meanwhile, and keeps mine only when told to", async () => {
  let version = 4;
  const { asked, user, save } = await changeOrders({
    "segments.update": ({ expectedVersion }: { expectedVersion: number }) =>
      expectedVersion === version
        ? withOrders("100", ++version)
        : refuse({ code: "conflict", message: "Changed meanwhile.", current: withOrders("50", version) }),
  });

  await save();
  const notice = await screen.findByRole("alert", { name: "Changed meanwhile" });
  expect(notice).toHaveTextContent("YoursLoyalPeople whose orders is more than 100.");
  expect(notice).toHaveTextContent("Theirs, v4LoyalPeople whose orders is more than 50.");

  await user.click(screen.getByRole("button", { name: "Save mine over it" }));
  expect(await screen.findByText("Saved Loyal as v5")).toBeVisible();
  expect(asked.filter(({ path }) => path === "segments.update")).toHaveLength(2);
});

it("goes on from their version when that is taken", async () => {
  const { user, save } = await changeOrders({
    "segments.update": () => refuse({ code: "conflict", message: "Changed meanwhile.", current: withOrders("50", 4) }),
  });

  await save();
  await user.click(await screen.findByRole("button", { name: "Take theirs" }));

  expect(screen.getByLabelText("Value of condition 1")).toHaveValue("50");
  expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();
});

it("puts what the server says of a condition under that condition", async () => {
  serve({
    "segments.create": () =>
      refuse({
        code: "invalid",
        message: "`rules.0.conditions.0.property`: Name a trait; only PERCENTAGE_SPLIT may leave it blank.",
        fields: [
          { path: "rules.0.conditions.0.property", message: "Name a trait; only PERCENTAGE_SPLIT may leave it blank." },
          { path: "name", message: "Write at least one character." },
        ],
      }),
  });
  renderPage(NewSegmentPage, {
    path: "/:organisation/:project/:environment/segments/~new",
    at: "/acme/shop/production/segments/~new",
  });
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Create segment" }));

  expect(await screen.findByText("Name a trait; only “falls in a share of” may leave it blank.")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription(/Write at least one character/);
});
