import { screen, waitFor } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { FlagPage } from "./FlagPage.tsx";
import { FlagSettings } from "./FlagSettings.tsx";
import type { FlagDetail } from "./flag.ts";
import { aFlag } from "./testing/a-flag.ts";

const place = { organisation: "shop", project: "web", environment: "staging", page: "flags" };
const environment = { id: 1, name: "Staging", slug: "staging", description: "", position: 0, colour: "#2f7dd1", version: 3 };
const offer = (given: Partial<FlagDetail> = {}) =>
  aFlag({ environment: "staging", valueType: "json", state: { enabled: true, value: { price: 1 }, weights: [] }, ...given });
const shared = {
  "environments.list": () => [{ ...environment, safety: "free" }],
  "tags.list": () => [],
  "members.list": () => [],
  "segments.list": () => ({ items: [], next: null }),
};
const openSettings = (flag: FlagDetail) =>
  renderPage(() => <FlagSettings flag={flag} place={place} />, {
    path: "/:organisation/:project/:environment/flags/:flag",
    at: "/shop/web/staging/flags/new-checkout",
  });
const schemaBox = () => screen.findByRole("textbox", { name: /^Schema/ });

it("saves a schema together with the value of new environments", async () => {
  const calls = serve({ ...shared, "flags.update": () => offer() });
  openSettings(offer({ defaultValue: null }));

  await userEvent.type(await schemaBox(), '{{"type": "object"}');
  const value = screen.getByRole("textbox", { name: "Value in new environments" });
  await userEvent.clear(value);
  await userEvent.type(value, '{{"price": 7}');
  expect(await axeFindings(document.body)).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(calls.some(({ path }) => path === "flags.update")).toBe(true));
  const { input } = calls.find(({ path }) => path === "flags.update") ?? {};
  expect(input).toMatchObject({ valueSchema: { type: "object" }, defaultValue: { price: 7 } });
});

it("takes a schema away when its box is emptied, and touches nothing else", async () => {
  const calls = serve({ ...shared, "flags.update": () => offer() });
  openSettings(offer({ valueSchema: { type: "object" } }));

  await userEvent.clear(await schemaBox());
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(calls.some(({ path }) => path === "flags.update")).toBe(true));
  const { input } = calls.find(({ path }) => path === "flags.update") ?? {};
  expect(input).toMatchObject({ valueSchema: null });
  expect(input).not.toHaveProperty("defaultValue");
});

it("says beside the schema which values stand in its way", async () => {
  const message = "Values of the flag do not satisfy the schema: environment `production` (value.price: must be >= 0).";
  serve({
    ...shared,
    "flags.update": () => refuse({ code: "conflict", message, fields: [{ path: "valueSchema", message: "environment" }] }),
  });
  openSettings(offer());

  const box = await schemaBox();
  await userEvent.type(box, "false");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText(message)).toBeVisible();
  expect(box).toHaveAttribute("aria-invalid", "true");
  expect(screen.queryByText(/Somebody changed this flag/)).toBeNull();
});

it("does not send what is no schema", async () => {
  const calls = serve({ ...shared, "flags.update": () => offer() });
  openSettings(offer());

  await userEvent.type(await schemaBox(), "[[]");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText(/Write a JSON Schema/)).toBeVisible();
  expect(calls.some(({ path }) => path === "flags.update")).toBe(false);
});

it("names the place inside a value that the server refuses", async () => {
  serve({
    ...shared,
    "flags.get": () => offer(),
    "flags.setState": () =>
      refuse({
        code: "invalid",
        message: "The value does not satisfy the flag's schema: value.price: must be >= 0.",
        fields: [{ path: "value.price", message: "must be >= 0" }],
      }),
  });
  renderPage(FlagPage, {
    path: "/:organisation/:project/:environment/flags/:flag",
    at: "/shop/web/staging/flags/new-checkout",
  });
  const value = await screen.findByRole("textbox", { name: "Value" });
  await userEvent.clear(value);
  await userEvent.type(value, '{{"price": -1}');
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText("price: must be >= 0")).toBeVisible();
  expect(value).toHaveAttribute("aria-invalid", "true");
});
