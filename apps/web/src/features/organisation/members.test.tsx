import { screen, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { MembersPage } from "./MembersPage.tsx";
import { acmeFor } from "./testing/an-organisation.ts";

const at = { path: "/:organisation/~/members", at: "/acme/~/members" };
const OPEN = {
  id: 3,
  kind: "mail",
  email: "zoe@example.com",
  role: "viewer",
  groups: [],
  maxUses: 1,
  uses: 0,
  invitedBy: "Ada Lovelace",
  createdAt: "2026-11-01T00:00:00.000Z",
  expiresAt: "2999-11-01T00:00:00.000Z",
};

it("shows where somebody's rights come from besides their own role", async () => {
  serve(acmeFor("owner"));
  renderPage(MembersPage, at);

  expect(await screen.findByText("Also Admin in shop · staging by Backend")).toBeVisible();
  expect(await axeFindings(document.body)).toEqual([]);
});

it("tells who may not invite why, and whom to ask; and lists no invitations", async () => {
  const asked = serve(acmeFor("editor"));
  renderPage(MembersPage, at);

  expect(await screen.findByText("You may not invite, add, change and remove people; ask Ada Lovelace.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Invite" })).toBeDisabled();
  expect(asked.map(({ path }) => path)).not.toContain("invitations.list");
});

it("explains why the last owner can neither go nor step down", async () => {
  serve(acmeFor("owner"));
  renderPage(MembersPage, at);
  const user = userEvent.setup();

  expect(await screen.findByRole("button", { name: /Role of Ada Lovelace/ })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "More about Ada Lovelace" }));
  const leave = await screen.findByRole("menuitem", { name: /Leave the organisation/ });

  expect(leave).toHaveAttribute("aria-disabled", "true");
  expect(within(leave).getByText("The only owner; hand the organisation over first.")).toBeVisible();
});

it("asks in a sentence before somebody is removed, and shows what the server says against it", async () => {
  const asked = serve({
    ...acmeFor("owner"),
    "members.remove": () => refuse({ code: "conflict", message: "They hold more than you." }),
  });
  renderPage(MembersPage, at);
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "More about Mel Ortiz" }));
  await user.click(await screen.findByRole("menuitem", { name: "Remove" }));
  const dialog = await screen.findByRole("dialog", { name: "Remove Mel Ortiz?" });
  expect(asked.map(({ path }) => path)).not.toContain("members.remove");
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));

  expect(await screen.findByText("They hold more than you.")).toBeVisible();
  expect(asked).toContainEqual({ path: "members.remove", input: { organisation: "acme", userId: "u2" } });
});

it("hands the organisation over only after a yes", async () => {
  const asked = serve({ ...acmeFor("owner"), "members.transferOwnership": () => ({ name: "Mel Ortiz", role: "owner" }) });
  renderPage(MembersPage, at);
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "More about Mel Ortiz" }));
  await user.click(await screen.findByRole("menuitem", { name: /Hand the organisation over/ }));
  await user.click(await screen.findByRole("button", { name: "Hand it over" }));

  expect(await screen.findByText("Mel Ortiz is owner from now on")).toBeVisible();
  expect(asked).toContainEqual({ path: "members.transferOwnership", input: { organisation: "acme", userId: "u2" } });
});

it("invites by mail with a role and groups", async () => {
  const asked = serve({ ...acmeFor("owner"), "invitations.create": () => OPEN });
  renderPage(MembersPage, at);
  const user = userEvent.setup();

  const open = await screen.findByRole("button", { name: "Invite" });
  await expect.poll(() => open).toBeEnabled();
  await user.click(open);
  await user.type(await screen.findByLabelText("E-mail"), "zoe@example.com");
  await user.click(await screen.findByLabelText("Backend"));
  await user.click(screen.getByRole("button", { name: "Send the invitation" }));

  expect(await screen.findByText("Invited zoe@example.com")).toBeVisible();
  expect(asked).toContainEqual({
    path: "invitations.create",
    input: { organisation: "acme", email: "zoe@example.com", role: "viewer", groups: [7] },
  });
});

it("shows the address of a link once", async () => {
  const url = "https://flags.example.com/~/invitation#secret";
  const asked = serve({ ...acmeFor("owner"), "invitations.createLink": () => ({ ...OPEN, url }) });
  renderPage(MembersPage, at);
  const user = userEvent.setup();

  const open = await screen.findByRole("button", { name: "Invite" });
  await expect.poll(() => open).toBeEnabled();
  await user.click(open);
  await user.click(await screen.findByLabelText("By a link you hand out"));
  await user.type(screen.getByLabelText(/How many may join/), "5");
  await user.click(screen.getByRole("button", { name: "Make a link" }));

  expect(await screen.findByText(url)).toBeVisible();
  expect(asked.find(({ path }) => path === "invitations.createLink")?.input).toMatchObject({ maxUses: 5, role: "viewer" });
  await user.click(screen.getByRole("button", { name: "I have copied it" }));
  expect(screen.queryByText(url)).toBeNull();
});

it("revokes an invitation", async () => {
  const asked = serve({ ...acmeFor("owner"), "invitations.list": () => [OPEN], "invitations.revoke": () => null });
  renderPage(MembersPage, at);
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Revoke the invitation: zoe@example.com" }));
  await user.click(await screen.findByRole("button", { name: "Revoke" }));

  expect(await screen.findByText("Invitation revoked")).toBeVisible();
  expect(asked).toContainEqual({ path: "invitations.revoke", input: { organisation: "acme", id: 3 } });
});
