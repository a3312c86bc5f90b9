import { screen, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { AccountPage } from "./AccountPage.tsx";
import { agentName } from "./agent-name.ts";

const createdAt = "2026-11-01T00:00:00.000Z";
const PASSWORD = "green apples fall at dusk";
const CODES = ["aaaaa-11111", "bbbbb-22222"];
const PROFILE = {
  userId: "u1",
  name: "Ada Lovelace",
  email: "ada@example.com",
  emailVerified: true,
  hasPassword: true,
  twoFactor: { isOn: false, recoveryCodesLeft: 0 },
  linkedAccounts: [{ id: "l1", provider: "github", linkedAt: createdAt }],
  waitingForTwoFactor: [],
  createdAt,
};
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const session = (id: string, isCurrent: boolean) => ({
  id,
  isCurrent,
  userAgent: FIREFOX,
  address: "192.0.2.7",
  signedInAt: createdAt,
  lastUsedAt: createdAt,
  endsAt: "2999-11-01T00:00:00.000Z",
});

interface Asked {
  readonly path: string;
  readonly body: Record<string, unknown> | undefined;
}

/** A server with one account that is signed in; keeps what it was asked to write. */
function serveAccount(changes: object = {}, refusals: Readonly<Record<string, object>> = {}): readonly Asked[] {
  let profile = { ...PROFILE, ...changes };
  const asked: Asked[] = [];
  const reads: Readonly<Record<string, () => unknown>> = {
    "/trpc/account.me": () => ({ kind: "person", id: "u1", name: profile.name, email: profile.email, organisations: [] }),
    "/trpc/account.profile": () => profile,
    "/trpc/account.sessions": () => [session("s1", true), session("s2", false)],
    "/trpc/setup.status": () => ({ needed: false }),
  };
  const auth = (path: string, body: Record<string, unknown>): Response => {
    if (body.password !== undefined && body.password !== PASSWORD)
      return Response.json({ message: "This is not your password." }, { status: 400 });
    if (path === "/api/auth/two-factor/verify-totp") {
      if (body.code !== "123456") return Response.json({ message: "Invalid code." }, { status: 401 });
      profile = { ...profile, twoFactor: { isOn: true, recoveryCodesLeft: CODES.length } };
    }
    return Response.json({ totpURI: "otpauth://totp/Halyard:ada?secret=ABCDEF&issuer=Halyard", backupCodes: CODES });
  };
  vi.stubGlobal("fetch", (url: string | URL, init: RequestInit = {}) => {
    const { pathname } = new URL(url, "http://localhost");
    const read = reads[pathname];
    if (read) return Promise.resolve(Response.json({ result: { data: read() } }));
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : undefined;
    asked.push({ path: pathname, body });
    if (pathname.startsWith("/api/auth/")) return Promise.resolve(auth(pathname, body ?? {}));
    const data = refusals[pathname];
    return Promise.resolve(
      data
        ? Response.json({ error: { message: "No.", code: -32_000, data } }, { status: 400 })
        : Response.json({ result: { data: null } }),
    );
  });
  return asked;
}

const draw = () => renderPage(AccountPage, { path: "/~/account", at: "/~/account" });

it("shows who one is and where one is signed in, and ends another session", async () => {
  const asked = serveAccount();
  draw();
  const user = userEvent.setup();

  expect(await screen.findAllByText("Firefox on Linux")).toHaveLength(2);
  expect(await axeFindings(document.body)).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Sign out Firefox on Linux at 192.0.2.7" }));

  expect(await screen.findByText("Signed out there")).toBeVisible();
  expect(asked).toContainEqual({ path: "/trpc/account.revokeSession", body: { id: "s2" } });
});

it("switches the second factor on: password, a code back, recovery codes once", async () => {
  serveAccount();
  draw();
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Switch it on" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText("Your password"), "something else");
  await user.click(within(dialog).getByRole("button", { name: "Go on" }));
  expect(await within(dialog).findByText("This is not your password.")).toBeVisible();

  await user.clear(within(dialog).getByLabelText("Your password"));
  await user.type(within(dialog).getByLabelText("Your password"), PASSWORD);
  await user.click(within(dialog).getByRole("button", { name: "Go on" }));
  expect(await within(dialog).findByRole("img", { name: /Code to scan/ })).toBeInTheDocument();
  expect(within(dialog).getByText("ABCDEF")).toBeVisible();

  await user.type(within(dialog).getByLabelText("Code"), "99 99 99");
  await user.click(within(dialog).getByRole("button", { name: "Switch it on" }));
  expect(await within(dialog).findByText(/This code is wrong/)).toBeVisible();
  await user.clear(within(dialog).getByLabelText("Code"));
  await user.type(within(dialog).getByLabelText("Code"), "123456");
  await user.click(within(dialog).getByRole("button", { name: "Switch it on" }));

  expect(await within(dialog).findByText(CODES[0] ?? "")).toBeVisible();
  expect(within(dialog).getByRole("link", { name: "Download" })).toHaveAttribute("download", "halyard-recovery-codes.txt");
  await user.click(within(dialog).getByRole("button", { name: "I have kept them" }));
  expect(await screen.findByText("2 recovery codes are left.")).toBeVisible();
  expect(screen.queryByText(CODES[0] ?? "")).toBeNull();
});

it("asks for the password before the second factor goes", async () => {
  const asked = serveAccount({ twoFactor: { isOn: true, recoveryCodesLeft: 1 } });
  draw();
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Switch it off" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Switch it off" }));
  expect(within(dialog).getByText("Write your password too.")).toBeVisible();
  expect(asked).toEqual([]);
  await user.type(within(dialog).getByLabelText("Your password"), PASSWORD);
  await user.click(within(dialog).getByRole("button", { name: "Switch it off" }));

  expect(await screen.findByText("The second factor is off")).toBeVisible();
});

it("says which organisation waits for the second factor", async () => {
  serveAccount({ waitingForTwoFactor: [{ slug: "acme", name: "Acme" }] });
  draw();

  expect(await screen.findByText(/Acme asks for it: until it is on/)).toBeVisible();
});

it("changes the password, and refuses a short one before asking", async () => {
  const asked = serveAccount();
  draw();
  const user = userEvent.setup();

  await user.type(await screen.findByLabelText("Present password"), PASSWORD);
  await user.type(screen.getByLabelText("New password"), "short");
  await user.click(screen.getByRole("button", { name: "Change password" }));
  expect(await screen.findByText("Use at least 12 characters for the new password.")).toBeVisible();
  expect(asked).toEqual([]);
  await user.type(screen.getByLabelText("New password"), " but then longer");
  await user.click(screen.getByRole("button", { name: "Change password" }));

  expect(await screen.findByText("Password changed")).toBeVisible();
  expect(asked).toContainEqual({
    path: "/api/auth/change-password",
    body: { currentPassword: PASSWORD, newPassword: "short but then longer" },
  });
});

it("mails a link to a new address", async () => {
  const asked = serveAccount();
  draw();
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Change the address" }));
  await user.type(await screen.findByLabelText("New e-mail"), "new@example.com");
  await user.type(screen.getByLabelText("Your password"), PASSWORD);
  await user.click(screen.getByRole("button", { name: "Mail me a link" }));

  expect(await screen.findByText(/Open the link that was mailed to new@example.com/)).toBeVisible();
  expect(asked).toContainEqual({ path: "/trpc/account.changeEmail", body: { email: "new@example.com", password: PASSWORD } });
});

it("explains why the only owner of an organisation cannot delete the account", async () => {
  const message = "Acme would be left without an owner; make somebody else one first.";
  serveAccount({}, { "/trpc/account.delete": { code: "conflict", message } });
  draw();
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Delete account…" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByRole("button", { name: "Delete account" })).toBeDisabled();
  await user.type(within(dialog).getByLabelText("Type ada@example.com to confirm"), "ada@example.com");
  await user.type(within(dialog).getByLabelText("Your password"), PASSWORD);
  await user.click(within(dialog).getByRole("button", { name: "Delete account" }));

  expect(await within(dialog).findByText(message)).toBeVisible();
});

it("offers the first password to somebody who signs in from elsewhere", async () => {
  const asked = serveAccount({ hasPassword: false });
  draw();
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Mail me a link to choose one" }));

  expect(await screen.findByText(/on its way to ada@example.com/)).toBeVisible();
  expect(asked).toContainEqual({ path: "/api/auth/request-password-reset", body: { email: "ada@example.com" } });
});

it.each([
  [FIREFOX, "Firefox on Linux"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15", "Safari on macOS"],
  ["curl/8.5.0", "curl/8.5.0"],
  [null, "An unknown program"],
])("calls %s “%s”", (agent, name) => {
  expect(agentName(agent)).toBe(name);
});
