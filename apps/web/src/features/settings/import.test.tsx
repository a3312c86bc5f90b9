import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { ImportPage } from "./ImportPage.tsx";
import { readJson } from "./import-file.ts";

const at = { path: "/:organisation/:project/:environment/settings/import", at: "/acme/shop/production/settings/import" };
const may =
  (...granted: string[]) =>
  () => ({ role: null, granted, byTag: [], granters: ["Ada Lovelace"] });
const report = ({ dryRun }: { dryRun: boolean }) => ({
  format: "flag-list",
  dryRun,
  created: 1,
  updated: 0,
  skipped: 1,
  entries: [
    { path: "[0]", kind: "flag", name: "a", action: "created", note: null },
    { path: "[1]", kind: "flag", name: "b", action: "skipped", note: "It exists already." },
  ],
  notes: [],
});

it("imports nothing before the report of a dry run was seen", async () => {
  const asked = serve({ "permissions.mine": may("IMPORT_FEATURES"), "imports.run": report });
  renderPage(ImportPage, at);
  const user = userEvent.setup();

  const box = await screen.findByLabelText("JSON");
  await expect.poll(() => box.hasAttribute("disabled")).toBe(false);
  await user.click(box);
  await user.paste('[{"name":"a"},{"name":"b"}]');
  expect(screen.queryByRole("button", { name: "Import now" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Show what would happen" }));
  expect(await screen.findByText("It exists already.")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Import now" }));
  expect(await screen.findByText("What happened")).toBeVisible();
  const runs = asked.filter(({ path }) => path === "imports.run").map(({ input }) => (input as { dryRun: boolean }).dryRun);
  expect(runs).toEqual([true, false]);
});

it("tells who may not import whom to ask", async () => {
  serve({ "permissions.mine": may("VIEW_PROJECT") });
  renderPage(ImportPage, at);

  expect(await screen.findByText("You may not import flags from a file; ask Ada Lovelace.")).toBeVisible();
  expect(screen.getByLabelText("JSON")).toBeDisabled();
});

it("asks for the report anew when the file changes under it", async () => {
  serve({ "permissions.mine": may("IMPORT_FEATURES"), "imports.run": report });
  renderPage(ImportPage, at);
  const user = userEvent.setup();
  const box = await screen.findByLabelText("JSON");
  await expect.poll(() => box.hasAttribute("disabled")).toBe(false);
  await user.click(box);
  await user.paste("[]");
  await user.click(screen.getByRole("button", { name: "Show what would happen" }));
  await screen.findByRole("button", { name: "Import now" });

  await user.type(box, " ");

  expect(screen.queryByRole("button", { name: "Import now" })).toBeNull();
});

it("says what is wrong with a file that is no JSON, or none", () => {
  expect(readJson("{a}")).toMatchObject({ ok: false, error: expect.stringContaining("This is not JSON") as string });
  expect(readJson("  ")).toMatchObject({ ok: false });
  expect(readJson(`"${"x".repeat(5_000_001)}"`)).toMatchObject({ ok: false, error: expect.stringContaining("5 MB") as string });
  expect(readJson("[1]")).toEqual({ ok: true, data: [1] });
});
