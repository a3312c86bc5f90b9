import type { RouteSectionProps } from "@solidjs/router";
import { createMemoryHistory, MemoryRouter, Route } from "@solidjs/router";
import { fireEvent, render, screen, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { parsePlace } from "../../lib/place.ts";
import { axeFindings } from "../../testing/axe.ts";
import type { EnvironmentTab } from "./environments.ts";
import { Shell } from "./Shell.tsx";

const ENVIRONMENTS: readonly EnvironmentTab[] = [
  { slug: "staging", name: "Staging", look: "staging" },
  { slug: "live", name: "Live", look: "production" },
];

async function open(path: string) {
  const history = createMemoryHistory();
  history.set({ value: path });
  const view = render(() => (
    <MemoryRouter history={history}>
      <Route
        path="*"
        component={(props: RouteSectionProps) => (
          <Shell
            place={parsePlace(props.location.pathname) ?? { organisation: "", project: "", environment: "", page: "" }}
            organisations={[{ slug: "shop", name: "Northwind", href: "/shop" }]}
            projects={[{ slug: "webshop", name: "Webshop", href: "/shop/webshop" }]}
            environments={ENVIRONMENTS}
            foot={{ version: 812, streaming: 34, confirmed: 34, polling: 0 }}
            me={{ name: "Ana de Vries" }}
          >
            <h1>Page</h1>
          </Shell>
        )}
      />
    </MemoryRouter>
  ));
  await screen.findByRole("heading", { name: "Page" });
  return { ...view, path: () => history.get() };
}

const environments = () => within(screen.getByRole("navigation", { name: "Environments" }));

it("says production in a word, whatever the environment is called", async () => {
  await open("/shop/webshop/live/flags");

  expect(environments().getByRole("link", { current: "page" })).toHaveTextContent(/^Liveproduction$/);
});

it("keeps the page and its filters when the environment changes", async () => {
  const { path } = await open("/shop/webshop/staging/segments?q=nordics");

  await userEvent.click(environments().getByRole("link", { name: /Live/ }));

  expect(path()).toBe("/shop/webshop/live/segments?q=nordics");
});

it("goes by letters and steps through environments by brackets", async () => {
  const { path } = await open("/shop/webshop/staging/flags");

  await userEvent.keyboard("gi");
  expect(path()).toBe("/shop/webshop/staging/identities");

  await userEvent.keyboard("]");
  expect(path()).toBe("/shop/webshop/live/identities");

  await userEvent.keyboard("]");
  expect(path()).toBe("/shop/webshop/live/identities");
});

it("goes anywhere from the palette", async () => {
  const { path } = await open("/shop/webshop/staging/flags");

  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.type(await screen.findByRole("combobox", { name: "Search and commands" }), "hist{Enter}");

  expect(path()).toBe("/shop/webshop/staging/history");
});

it("tells who has the version", async () => {
  await open("/shop/webshop/staging/flags");

  expect(screen.getByRole("contentinfo")).toHaveTextContent("v812 · 34 clients · all have it");
});

it("has nothing axe objects to, in the page and in its help", async () => {
  const { baseElement } = await open("/shop/webshop/live/flags");
  expect(await axeFindings(baseElement)).toEqual([]);

  await userEvent.keyboard("?");
  await screen.findByRole("dialog", { name: "Keyboard" });
  expect(await axeFindings(baseElement)).toEqual([]);
});

it("has the palette take letters from the very key that opens it", async () => {
  await open("/shop/webshop/staging/flags");

  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });

  // Not awaited: a letter typed in the same moment must find it.
  expect(screen.getByRole("combobox", { name: "Search and commands" })).toHaveFocus();
  await userEvent.keyboard("ident{Enter}");
  expect(screen.queryByRole("combobox", { name: "Search and commands" })).toBeNull();
});
