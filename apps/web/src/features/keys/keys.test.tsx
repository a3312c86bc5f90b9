import { ROLE_PERMISSIONS } from "@halyard/contracts/permissions";
import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { endOfDay, keyState } from "./index.ts";
import { KeysPage } from "./KeysPage.tsx";

const at = { path: "/:organisation/:project/:environment/keys", at: "/acme/shop/production/keys" };
const CLIENT = {
  id: 1,
  kind: "client",
  name: "Default",
  preview: "env_abcdef",
  createdAt: "2026-11-01T00:00:00.000Z",
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  replacedBy: null,
};
const world = (role: "admin" | "editor") => ({
  "environmentKeys.list": () => [CLIENT],
  "flags.list": () => ({ items: [], next: null }),
  "permissions.mine": () => ({
    role,
    granted: [...ROLE_PERMISSIONS[role]],
    byTag: [],
    granters: ["Ada Lovelace"],
  }),
  "account.me": () => ({
    kind: "person",
    id: "u1",
    name: "Mel",
    email: "mel@example.com",
    organisations: [{ id: 1, name: "Acme", slug: "acme", role, createdAt: "2026-11-01T00:00:00.000Z" }],
  }),
  "members.list": () => [
    {
      userId: "u2",
      name: "Ada Lovelace",
      email: "ada@example.com",
      role: "owner",
      createdAt: "2026-11-01T00:00:00.000Z",
    },
  ],
});

it("tells an editor why they may not make keys, and whom to ask", async () => {
  serve(world("editor"));
  renderPage(KeysPage, at);

  const sentences = await screen.findAllByText(
    "You may not make, rotate and revoke the environment's SDK keys; ask Ada Lovelace.",
  );

  expect(sentences).toHaveLength(2);
  for (const button of screen.getAllByRole("button", { name: "New key" })) expect(button).toBeDisabled();
  expect(screen.queryByRole("button", { name: /^Revoke/ })).toBeNull();
});

it("fills the key of the environment into what is pasted", async () => {
  serve(world("admin"));
  renderPage(KeysPage, at);

  expect(await screen.findByText(/key: "env_abcdef",/)).toBeVisible();
  expect(await axeFindings(document.body)).toEqual([]);
});

it("shows a server key once and forgets it with the dialog", async () => {
  serve({
    ...world("admin"),
    "environmentKeys.create": () => ({ ...CLIENT, id: 2, kind: "server", name: "api", preview: "ser.k_…", key: "ser.k_secret" }),
  });
  renderPage(KeysPage, at);
  const user = userEvent.setup();

  const buttons = await screen.findAllByRole("button", { name: "New key" });
  const serverButton = buttons[1];
  if (!serverButton) throw new Error("There is no button for a server key.");
  await user.click(serverButton);
  await user.type(screen.getByLabelText("Name"), "api");
  await user.click(screen.getByRole("button", { name: "Create key" }));
  expect(await screen.findByText("ser.k_secret")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "I have copied it" }));
  expect(screen.queryByText("ser.k_secret")).toBeNull();
});

it("rotates a key: the old one ends later, the new one is shown once", async () => {
  const asked = serve({
    ...world("admin"),
    "environmentKeys.rotate": () => ({ ...CLIENT, id: 2, key: "env_fresh", preview: "env_fresh" }),
  });
  renderPage(KeysPage, at);
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Rotate Default" }));
  await user.click(await screen.findByRole("button", { name: "Rotate key" }));
  expect(await screen.findByText("env_fresh")).toBeVisible();
  const wish = asked.find(({ path }) => path === "environmentKeys.rotate")?.input as { id: number; until: string };
  expect(wish.id).toBe(1);
  expect(Date.parse(wish.until)).toBeGreaterThan(Date.now() + 23 * 3_600_000);

  await user.click(screen.getByRole("button", { name: "I have copied it" }));
  expect(screen.queryByText("env_fresh")).toBeNull();
});

it("rotates no key twice", async () => {
  serve({ ...world("admin"), "environmentKeys.list": () => [{ ...CLIENT, replacedBy: 2 }] });
  renderPage(KeysPage, at);

  expect(await screen.findByRole("button", { name: "Rotate Default" })).toBeDisabled();
});

it("counts a key as expired from the very instant it ends", () => {
  const key = { expiresAt: "2026-11-22T12:00:00.000Z", revokedAt: null };
  const end = Date.parse(key.expiresAt);

  expect(keyState(key, end - 1)).toBe("in force");
  expect(keyState(key, end)).toBe("expired");
  expect(keyState({ ...key, revokedAt: "2026-11-22T11:00:00.000Z" }, end)).toBe("revoked");
});

it("ends a key with the day that was picked, and never where none was", () => {
  expect(new Date(endOfDay("2026-12-31") ?? "").getDate()).toBe(31);
  expect(endOfDay("")).toBeUndefined();
});
