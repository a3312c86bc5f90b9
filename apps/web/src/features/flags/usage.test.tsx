import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { FlagPage } from "./FlagPage.tsx";
import { FlagsPage } from "./FlagsPage.tsx";
import { aFlag } from "./testing/a-flag.ts";
import { shareSentence } from "./usage.ts";

const HOUR_MS = 3_600_000;
const hours = (on: number) =>
  Array.from({ length: 24 }, (_, hour) => ({ at: new Date(hour * HOUR_MS).toISOString(), on: hour === 23 ? on : 0, off: 0 }));
const shared = {
  "environments.list": () => [],
  "segments.list": () => ({ items: [], next: null }),
  "tags.list": () => [],
  "flags.get": () => aFlag(),
};

it("draws each flag's last day in the list, asked for once for all rows", async () => {
  const calls = serve({
    ...shared,
    "flags.list": () => ({ items: [aFlag(), aFlag({ id: 2, key: "unread" })], next: null }),
    "usage.flags": () => ({
      from: new Date(0).toISOString(),
      stepMinutes: 60,
      flags: [{ flag: "new-checkout", counts: Array.from({ length: 24 }, () => 50) }],
    }),
  });
  renderPage(FlagsPage, { path: "/:organisation/:project/:environment/flags", at: "/shop/web/production/flags" });

  expect(await screen.findByRole("img", { name: "1,200 evaluations in 24 hours" })).toBeInTheDocument();
  expect(screen.getByRole("img", { name: "0 evaluations in 24 hours" })).toBeInTheDocument();
  expect(calls.filter(({ path }) => path === "usage.flags")).toHaveLength(1);
});

it("asks for the flags of one owner, and names the filter after them", async () => {
  const calls = serve({
    ...shared,
    "flags.list": () => ({ items: [aFlag()], next: null }),
    "members.list": () => [{ userId: "u1", name: "Mel Ortiz", email: "mel@example.com", role: "member", createdAt: "" }],
  });
  const address = renderPage(FlagsPage, { path: "/:organisation/:project/:environment/flags", at: "/shop/web/production/flags" });
  await userEvent.click(await screen.findByRole("button", { name: "Owner: Any owner" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /Mel Ortiz/ }));

  expect(await screen.findByRole("button", { name: "Owner: Mel Ortiz" })).toBeVisible();
  expect(address()).toContain("owner=u1");
  expect(calls.filter(({ path }) => path === "flags.list").at(-1)?.input).toMatchObject({ owner: "u1" });
});

it("shows a flag's evaluations with a table behind the bars, for a day and a week", async () => {
  const calls = serve({ ...shared, "usage.flag": () => ({ stepMinutes: 60, buckets: hours(1_234) }) });
  renderPage(FlagPage, {
    path: "/:organisation/:project/:environment/flags/:flag",
    at: "/shop/web/production/flags/new-checkout?tab=usage",
  });

  expect(await screen.findByText("1,234 evaluations: 100 % on, 0 % off.")).toBeVisible();
  await userEvent.click(screen.getByText("Show as a table"));
  expect(screen.getByRole("cell", { name: "1,234" })).toBeVisible();
  expect(await axeFindings(document.body)).toEqual([]);

  await userEvent.click(screen.getByRole("button", { name: /Period/ }));
  await userEvent.click(await screen.findByRole("option", { name: "7 days" }));
  await expect.poll(() => calls.at(-1)?.input).toMatchObject({ flag: "new-checkout", period: "7d" });
});

it("says that nobody reads a flag rather than drawing nothing", () => {
  expect(shareSentence(hours(0))).toBe("Nobody has read it in this time.");
});
