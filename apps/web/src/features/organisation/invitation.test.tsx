import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { InvitationPage } from "./InvitationPage.tsx";

const at = { path: "/~/invitation", at: "/~/invitation#token-1" };
const OFFER = {
  organisation: { name: "Acme", slug: "acme" },
  email: "mel@example.com",
  role: "editor",
  invitedBy: "Ada Lovelace",
  expiresAt: "2999-11-01T00:00:00.000Z",
};
const me = (email: string, organisations: readonly object[] = []) => ({
  kind: "person",
  id: "u2",
  name: "Mel",
  email,
  organisations,
});

afterEach(() => sessionStorage.clear());

it("joins whoever it was sent to", async () => {
  const asked = serve({
    "invitations.show": () => OFFER,
    "account.me": () => me("mel@example.com"),
    "invitations.accept": () => ({ id: 1, name: "Acme", slug: "acme", role: "editor" }),
  });
  const address = renderPage(InvitationPage, at);
  const user = userEvent.setup();

  const join = await screen.findByRole("button", { name: "Join as Mel" });
  expect(screen.getByText(/Ada Lovelace invites you as editor/)).toBeVisible();
  expect(await axeFindings(document.body)).toEqual([]);
  await user.click(join);

  await vi.waitFor(() => expect(address()).toBe("/acme"));
  expect(asked).toContainEqual({ path: "invitations.accept", input: { token: "token-1" } });
  expect(sessionStorage).toHaveLength(0);
});

it("sends who is not signed in to sign in and back, without the token in the address", async () => {
  serve({
    "invitations.show": () => OFFER,
    "account.me": () => refuse({ code: "unauthenticated", message: "Sign in." }),
  });
  renderPage(InvitationPage, at);

  const link = await screen.findByRole("link", { name: "Sign in to join" });

  expect(link).toHaveAttribute("href", "/~/sign-in?next=%2F~%2Finvitation");
});

it("knows its token when somebody comes back from signing in", async () => {
  sessionStorage.setItem("halyard:invitation", "token-2");
  const asked = serve({ "invitations.show": () => OFFER, "account.me": () => me("mel@example.com") });
  renderPage(InvitationPage, { ...at, at: "/~/invitation" });

  expect(await screen.findByRole("button", { name: "Join as Mel" })).toBeEnabled();
  expect(asked).toContainEqual({ path: "invitations.show", input: { token: "token-2" } });
});

it("tells somebody with another address whose it is", async () => {
  serve({ "invitations.show": () => OFFER, "account.me": () => me("zoe@example.com") });
  renderPage(InvitationPage, at);

  expect(await screen.findByText(/sent to mel@example.com; you are signed in as zoe@example.com/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Join/ })).toBeNull();
});

it("sends a member on", async () => {
  serve({ "invitations.show": () => OFFER, "account.me": () => me("mel@example.com", [{ slug: "acme", name: "Acme" }]) });
  renderPage(InvitationPage, at);

  expect(await screen.findByRole("link", { name: "Open Acme" })).toHaveAttribute("href", "/acme");
});

it.each(["has expired", "was revoked", "was used"])("says that it %s", async (why) => {
  const message = `This invitation ${why}. Ask whoever invited you for a new one.`;
  serve({ "invitations.show": () => refuse({ code: "gone", message }) });
  renderPage(InvitationPage, at);

  expect(await screen.findByText(message)).toBeVisible();
});

it("offers to ask again where the server is away", async () => {
  let isAway = true;
  serve({
    "invitations.show": () => (isAway ? refuse({ code: "unavailable", message: "Back in a moment." }) : OFFER),
    "account.me": () => me("mel@example.com"),
  });
  renderPage(InvitationPage, at);
  const user = userEvent.setup();

  const again = await screen.findByRole("button", { name: "Try again" });
  isAway = false;
  await user.click(again);

  expect(await screen.findByRole("button", { name: "Join as Mel" })).toBeEnabled();
});
