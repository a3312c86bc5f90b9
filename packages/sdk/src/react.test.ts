// @vitest-environment jsdom
import { act, createElement, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { beforeAll, expect, it } from "vitest";
import { FlagsProvider, useFlag } from "./react.ts";
import { type TestClient, testClient } from "./test-client.ts";

beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
});

let renders: Record<string, number> = {};

function Show({ flag, suspend = false }: { readonly flag: string; readonly suspend?: boolean }) {
  const value = useFlag(flag, { suspend });
  renders[flag] = (renders[flag] ?? 0) + 1;
  return createElement("p", null, `${flag}=${JSON.stringify(value)} `);
}

function page(client: TestClient, suspend = false) {
  const shown = ["limit", "beta"].map((flag) => createElement(Show, { key: flag, flag, suspend }));
  const waiting = createElement("p", null, "wait");
  return createElement(FlagsProvider, { client }, createElement(Suspense, { fallback: waiting }, ...shown));
}

async function mount(client: TestClient, suspend = false) {
  renders = {};
  const main = document.body.appendChild(document.createElement("main"));
  const root = createRoot(main);
  const text = () => main.textContent;
  await act(async () => {
    root.render(page(client, suspend));
    await Promise.resolve();
  });
  return { root, text };
}

it("renders a flag's value again when it changes, and not for other flags", async () => {
  const client = testClient({ limit: 3, beta: true });
  const { root, text } = await mount(client);
  expect(text()).toBe("limit=3 beta=true ");

  act(() => client.set("limit", 4));
  act(() => client.set("limit", 4));

  expect(text()).toBe("limit=4 beta=true ");
  expect(renders).toEqual({ limit: 2, beta: 1 });
  act(() => root.unmount());
  client.set("limit", 5);
  expect(renders["limit"]).toBe(2);
});

it("waits for the first values where it is told to, and only there", async () => {
  const client = testClient({ limit: 3 });
  let release = () => {};
  const ready = new Promise<{ source: "live" }>((resolve) => {
    release = () => resolve({ source: "live" });
  });
  const connecting: TestClient = { ...client, ready: () => ready, status: () => "connecting" };

  const patient = await mount(connecting, true);
  expect(patient.text()).toContain("wait");
  await act(async () => {
    release();
    await ready;
  });

  expect(patient.text()).toContain("limit=3");
  const other = await mount({ ...connecting });
  expect(other.text()).toContain("limit=3");
});

it("renders on a server, and says what is missing without a provider", () => {
  expect(renderToString(page(testClient({ limit: 3 })))).toContain("limit=3");
  expect(() => renderToString(createElement(Show, { flag: "limit" }))).toThrow("useFlag needs a FlagsProvider above it.");
});
