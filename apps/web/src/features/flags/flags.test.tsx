import { cleanup, screen, waitFor, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { FlagPage } from "./FlagPage.tsx";
import { FlagsPage } from "./FlagsPage.tsx";
import type { FlagDetail } from "./flag.ts";
import { aFlag } from "./testing/a-flag.ts";

const environment = (slug: string, safety: "free" | "confirm") => ({
  id: 1,
  name: slug.charAt(0).toUpperCase() + slug.slice(1),
  slug,
  description: "",
  position: 0,
  colour: "#2f7dd1",
  safety,
  version: 3,
});

const LIST = "/:organisation/:project/:environment/flags";
const shared = {
  "environments.list": () => [environment("staging", "free"), environment("production", "confirm")],
  "tags.list": () => [],
  "segments.list": () => ({ items: [], next: null }),
};
const inStaging = (enabled: boolean) =>
  aFlag({
    environment: "staging",
    state: { enabled, value: null, weights: [] },
    states: ["staging", "production"].map((slug) => ({
      environment: slug,
      enabled,
      value: null,
      weights: [],
      segmentOverrides: 0,
      identityOverrides: 0,
      prerequisites: 0,
      flagsmithExact: true,
    })),
  });
const openList = (slug: string) => renderPage(FlagsPage, { path: LIST, at: `/shop/web/${slug}/flags` });

it("marks in the list what Flagsmith's document cannot say here, and nothing else", async () => {
  const exact = inStaging(true);
  const states = exact.states.map((it) => ({ ...it, flagsmithExact: it.environment === "production" }));
  serve({ ...shared, "flags.list": () => ({ items: [exact, { ...exact, id: 2, key: "inexact", states }], next: null }) });
  openList("staging");

  const row = (await screen.findByRole("link", { name: "inexact" })).closest("tr");
  expect(screen.getAllByText("not in Flagsmith")).toEqual([within(row as HTMLElement).getByText("not in Flagsmith")]);
});

it("raises a flag at once and offers the way back", async () => {
  const calls = serve({
    ...shared,
    "flags.list": () => ({ items: [inStaging(false)], next: null }),
    "flags.setEnabled": ({ enabled }: { enabled: boolean }) => inStaging(enabled),
  });
  openList("staging");
  await userEvent.click(await screen.findByRole("switch", { name: "new-checkout in Staging" }));

  await waitFor(() => expect(screen.getByRole("switch")).toBeChecked());
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));

  await waitFor(() => expect(screen.getByRole("switch")).not.toBeChecked());
  const written = calls.filter(({ path }) => path === "flags.setEnabled").map(({ input }) => input);
  expect(written).toMatchObject([{ enabled: true }, { enabled: false }]);
});

it("lowers a flag again when the server refuses, and says why", async () => {
  serve({
    ...shared,
    "flags.list": () => ({ items: [inStaging(false)], next: null }),
    "flags.setEnabled": () => refuse({ code: "forbidden", message: "You may not turn flags on." }),
  });
  openList("staging");
  await userEvent.click(await screen.findByRole("switch", { name: "new-checkout in Staging" }));

  expect(await screen.findByText("new-checkout is still off")).toBeVisible();
  expect(screen.getByText("You may not turn flags on.")).toBeVisible();
  expect(screen.getByRole("switch")).not.toBeChecked();
});

it("asks one sentence before anything changes in a careful environment", async () => {
  const calls = serve({
    ...shared,
    "flags.list": () => ({ items: [inStaging(false)], next: null }),
    "flags.setEnabled": () => inStaging(true),
  });
  openList("production");
  await userEvent.click(await screen.findByRole("switch", { name: "new-checkout in Production" }));

  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent("Turn on new-checkout in Production?");
  expect(calls.some(({ path }) => path === "flags.setEnabled")).toBe(false);

  await userEvent.click(within(dialog).getByRole("button", { name: "Turn on" }));
  await waitFor(() => expect(calls.some(({ path }) => path === "flags.setEnabled")).toBe(true));
});

it("toggles the row that has the focus by its letter", async () => {
  const calls = serve({
    ...shared,
    "flags.list": () => ({ items: [inStaging(false)], next: null }),
    "flags.setEnabled": () => inStaging(true),
  });
  openList("staging");
  await screen.findByRole("switch");

  await userEvent.keyboard("t");
  expect(calls.some(({ path }) => path === "flags.setEnabled")).toBe(false);

  screen.getByRole("switch").closest("tr")?.focus();
  await userEvent.keyboard("t");
  await waitFor(() => expect(calls.some(({ path }) => path === "flags.setEnabled")).toBe(true));
});

it("keeps its filters in the address", async () => {
  const calls = serve({ ...shared, "flags.list": () => ({ items: [], next: null }) });
  renderPage(FlagsPage, { path: LIST, at: "/shop/web/staging/flags?q=check&state=on&tag=a&tag=b" });

  await screen.findByText("No flags match");
  expect(calls.find(({ path }) => path === "flags.list")?.input).toMatchObject({ q: "check", state: "on", tag: ["a", "b"] });
});

it("puts what the server says about a new flag beside its field", async () => {
  serve({
    ...shared,
    "flags.list": () => ({ items: [inStaging(false)], next: null }),
    "flags.create": () =>
      refuse({
        code: "invalid",
        message: "`key`: Start with a letter.",
        fields: [{ path: "key", message: "Start with a letter." }],
      }),
  });
  renderPage(FlagsPage, { path: LIST, at: "/shop/web/staging/flags?create=yes" });
  const dialog = await screen.findByRole("dialog");
  const key = within(dialog).getByRole("textbox", { name: "Key" });
  await userEvent.type(key, "new flag!");
  await userEvent.click(within(dialog).getByRole("button", { name: "Create flag" }));

  expect(await within(dialog).findByText("Start with a letter.")).toBeVisible();
  expect(key).toHaveAttribute("aria-invalid", "true");
});

const numberFlag = (value: number, version: number): FlagDetail =>
  aFlag({
    environment: "staging",
    valueType: "number",
    version,
    state: { enabled: true, value, weights: [] },
    states: [
      {
        environment: "staging",
        enabled: true,
        value,
        weights: [],
        segmentOverrides: 0,
        identityOverrides: 0,
        prerequisites: 0,
        flagsmithExact: true,
      },
    ],
    lastChange: { version, actor: "Mel", at: "2026-11-20T00:00:00.000Z" },
  });

it("never saves over somebody else’s change without showing both", async () => {
  let server = numberFlag(50, 3);
  const calls = serve({
    ...shared,
    "flags.get": () => server,
    "flags.setState": ({ value, expectedVersion }: { value: number; expectedVersion: number }) => {
      if (expectedVersion !== server.version) return refuse({ code: "conflict", message: "Changed meanwhile.", current: server });
      server = numberFlag(value, server.version + 1);
      return server;
    },
  });
  renderPage(FlagPage, { path: `${LIST}/:flag`, at: "/shop/web/staging/flags/new-checkout" });
  const value = await screen.findByRole("textbox", { name: "Value" });
  await userEvent.clear(value);
  await userEvent.type(value, "60");
  server = numberFlag(99, 4);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent("Changed by Mel since you opened it");
  expect(within(dialog).getByRole("row", { name: "Value 60 99" })).toBeVisible();

  await userEvent.click(within(dialog).getByRole("button", { name: "Keep mine" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByText("60 for everyone.")).toBeVisible();
  const versions = calls.filter(({ path }) => path === "flags.setState").map(({ input }) => input);
  expect(versions).toMatchObject([{ expectedVersion: 3 }, { expectedVersion: 4 }]);
});

it("gives one identity its own answer only over the version that was seen", async () => {
  let server = {
    ...inStaging(false),
    version: 3,
    identityOverrides: [{ id: 1, identifier: "ada", enabled: true, value: null, weights: [] }],
  };
  const calls = serve({
    ...shared,
    "flags.get": () => server,
    "identityOverrides.delete": ({ expectedVersion }: { expectedVersion: number }) => {
      if (expectedVersion !== server.version) return refuse({ code: "conflict", message: "Changed meanwhile.", current: server });
      server = { ...server, version: server.version + 1, identityOverrides: [] };
      return null;
    },
  });
  renderPage(FlagPage, { path: `${LIST}/:flag`, at: "/shop/web/staging/flags/new-checkout" });
  const remove = await screen.findByRole("button", { name: "Take back ada’s own value" });
  server = { ...server, version: 4 };
  await userEvent.click(remove);

  await userEvent.click(await screen.findByRole("button", { name: "Keep mine" }));
  expect(await screen.findByText("ada has no own value any more")).toBeVisible();
  const versions = calls.filter(({ path }) => path === "identityOverrides.delete").map(({ input }) => input);
  expect(versions).toMatchObject([{ expectedVersion: 3 }, { expectedVersion: 4 }]);
});

it("asks before a variant’s new value reaches a careful environment, also from one that is free", async () => {
  const flag = aFlag({
    environment: "staging",
    valueType: "string",
    variants: [{ id: 1, key: "blue", value: "b", defaultWeight: 0 }],
    state: { enabled: true, value: "a", weights: [{ variant: "blue", weight: 20 }] },
  });
  const calls = serve({ ...shared, "flags.get": () => flag, "variants.update": () => flag });
  renderPage(FlagPage, { path: `${LIST}/:flag`, at: "/shop/web/staging/flags/new-checkout" });
  await userEvent.click(await screen.findByRole("button", { name: "Edit blue" }));
  await userEvent.click(await screen.findByRole("button", { name: "Save variant" }));

  const question = await screen.findByRole("dialog", { name: "Change the variant blue?" });
  expect(question).toHaveTextContent("gets “b”, in 2 environments, Production among them.");
  expect(calls.some(({ path }) => path === "variants.update")).toBe(false);
  await userEvent.click(within(question).getByRole("button", { name: "Save variant" }));
  await waitFor(() => expect(calls.some(({ path }) => path === "variants.update")).toBe(true));
});

it("has nothing axe objects to, in the list and on a flag’s page", async () => {
  serve({
    ...shared,
    "flags.list": () => ({ items: [inStaging(true)], next: null }),
    "flags.get": () =>
      aFlag({
        environment: "staging",
        valueType: "string",
        variants: [{ id: 1, key: "blue", value: "b", defaultWeight: 0 }],
        state: { enabled: true, value: "a", weights: [{ variant: "blue", weight: 20 }] },
        segmentOverrides: [
          { id: 1, segment: { key: "staff", name: "Staff" }, priority: 0, enabled: true, value: "s", weights: [] },
        ],
        identityOverrides: [{ id: 1, identifier: "ada", enabled: false, value: null, weights: [] }],
      }),
  });
  openList("staging");
  await screen.findByRole("switch");
  expect(await axeFindings(document.body)).toEqual([]);
  cleanup();

  renderPage(FlagPage, { path: `${LIST}/:flag`, at: "/shop/web/staging/flags/new-checkout" });
  await screen.findByRole("heading", { name: "new-checkout" });
  expect(await axeFindings(document.body)).toEqual([]);
});
