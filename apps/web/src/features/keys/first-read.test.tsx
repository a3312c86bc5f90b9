import { screen } from "@solidjs/testing-library";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { KeysPage } from "./KeysPage.tsx";

const KEY = {
  id: 1,
  kind: "client",
  name: "Web shop",
  preview: "env_abcdef",
  createdAt: "2026-11-01T00:00:00.000Z",
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null as string | null,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("waits for the first program that asks, shows it arriving, and then asks no more", async () => {
  let key = KEY;
  const calls = serve({ "environmentKeys.list": () => [key], "flags.list": () => ({ items: [], next: null }) });
  renderPage(KeysPage, { path: "/:organisation/:project/:environment/connect", at: "/acme/shop/production/connect" });
  const asked = () => calls.filter(({ path }) => path === "environmentKeys.list").length;

  await vi.advanceTimersByTimeAsync(100);
  expect(screen.getByText("Waiting for the first evaluation…")).toBeVisible();

  key = { ...KEY, lastUsedAt: new Date().toISOString() };
  await vi.advanceTimersByTimeAsync(2_100);
  expect(screen.getByText("It is connected")).toBeVisible();
  expect(screen.getByRole("region", { name: "First evaluation" })).toHaveTextContent(
    "Last asked with the key Web shop just now.",
  );

  const before = asked();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked()).toBe(before);
});
