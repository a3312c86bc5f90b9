import { screen, waitFor } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { batchesOf, editWords } from "./list-batches.ts";
import { SegmentPage } from "./SegmentPage.tsx";
import type { Segment } from "./use-segment-draft.ts";

const at = { path: "/:organisation/:project/:environment/segments/:segment", at: "/acme/shop/production/segments/members" };
const FIRST = Array.from({ length: 1_000 }, (_, n) => `m-${n}`);
const MEMBERS: Segment = {
  id: 1,
  key: "members",
  name: "Members",
  description: "",
  version: 3,
  createdAt: "2026-11-01T00:00:00.000Z",
  flags: 0,
  rules: [{ type: "ALL", conditions: [{ operator: "IN", property: "account", value: FIRST }], rules: [] }],
  longLists: [{ path: [0, 0], count: 100_000 }],
  usedBy: [],
};

function open() {
  const calls = serve({
    "segments.get": () => MEMBERS,
    "environments.list": () => [{ id: 1, name: "Production", slug: "production", safety: "free" }],
    "segments.listItems": ({ q }: { q?: string }) => ({
      items: q === undefined ? FIRST.slice(0, 30) : q === "m-99999" ? ["m-99999"] : [],
      next: null,
      count: 100_000,
      version: 3,
    }),
    "segments.editList": () => ({ version: 4, count: 100_000, added: 2, removed: 1 }),
    "segments.update": () => MEMBERS,
  });
  renderPage(SegmentPage, at);
  return calls;
}

it("edits a list that did not come along by what is added and removed, found on the server", async () => {
  const calls = open();
  const user = userEvent.setup();
  const box = await screen.findByLabelText("Value of condition 1: find or add");
  expect(screen.getByText("100,000 members")).toBeVisible();

  await user.type(box, "m-99999");
  await user.click(await screen.findByRole("button", { name: "Remove m-99999" }));
  await user.clear(box);
  await user.type(box, "new-a{enter}new-b{enter}");
  expect(screen.getByText(/It gains 2 members and loses 1\./)).toBeVisible();
  expect(await axeFindings(document.body)).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Change list" }));

  await waitFor(() => expect(screen.getByText("The list is changed")).toBeVisible());
  expect(calls.find(({ path }) => path === "segments.editList")?.input).toEqual({
    organisation: "acme",
    project: "shop",
    segment: "members",
    path: [0, 0],
    added: ["new-a", "new-b"],
    removed: ["m-99999"],
  });
});

it("never sends the beginning of a long list as if it were all of it", async () => {
  const calls = open();
  const user = userEvent.setup();
  await user.type(await screen.findByDisplayValue("Members"), "!");
  await user.click(screen.getByRole("button", { name: /^Save/ }));

  await waitFor(() => expect(calls.some(({ path }) => path === "segments.update")).toBe(true));
  expect(calls.find(({ path }) => path === "segments.update")?.input).toMatchObject({
    keptLists: [{ path: [0, 0], from: [0, 0] }],
  });
});

it("sends a large edit in pieces that the server takes", () => {
  const added = Array.from({ length: 25 }, (_, n) => `a${n}`);

  const batches = batchesOf({ added, removed: ["x"] }, 10);

  expect(batches.map((batch) => [batch.added.length, batch.removed.length])).toEqual([
    [10, 1],
    [10, 0],
    [5, 0],
  ]);
  expect(batchesOf({ added: [], removed: [] }, 10)).toEqual([]);
  expect(editWords({ added, removed: [] })).toBe("gains 25 members");
  expect(editWords({ added: [], removed: ["x"] })).toBe("loses 1 member");
});
