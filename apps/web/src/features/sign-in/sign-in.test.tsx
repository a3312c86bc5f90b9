import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { ConfirmEmailPage } from "./ConfirmEmailPage.tsx";
import { ForgotPage } from "./ForgotPage.tsx";
import { ResetPage } from "./ResetPage.tsx";
import { SignInPage } from "./SignInPage.tsx";

const ME = { kind: "person", id: "u1", name: "Ada", email: "ada@example.com", organisations: [] };
const PASSWORD = "a long enough password";
const CODE = "123456";

interface ServerOptions {
  readonly hasTwoFactor?: boolean;
  readonly methods?: object;
}

/** A server with one account; keeps what it was asked. */
function serveAccount({ hasTwoFactor = false, methods = {} }: ServerOptions = {}) {
  let isIn = false;
  const asked: { path: string; body: Record<string, unknown> }[] = [];
  const answer = (path: string, body: Record<string, unknown>): Response => {
    const known = { signUp: "invited", providers: [], mailIsSent: true, ...methods };
    switch (path) {
      case "/trpc/setup.status":
        return Response.json({ result: { data: { needed: false } } });
      case "/trpc/account.signInMethods":
        return Response.json({ result: { data: known } });
      case "/trpc/account.confirmEmail":
        return Response.json({ result: { data: { email: "new@example.com" } } });
      case "/api/auth/sign-in/email": {
        const fits = body.password === PASSWORD;
        isIn = fits && !hasTwoFactor;
        return Response.json(fits && hasTwoFactor ? { twoFactorRedirect: true } : {}, { status: fits ? 200 : 401 });
      }
      case "/api/auth/two-factor/verify-totp":
      case "/api/auth/two-factor/verify-backup-code":
        isIn = body.code === CODE || body.code === "aaaaa-bbbbb";
        return Response.json({ message: "Invalid code." }, { status: isIn ? 200 : 401 });
      case "/api/auth/request-password-reset":
        return Response.json({ status: true });
      case "/api/auth/reset-password":
        return body.token === "good"
          ? Response.json({ status: true })
          : Response.json({ code: "invalid", message: "This link is too old." }, { status: 400 });
      default: {
        const data = { code: "unauthenticated", message: "Sign in." };
        return isIn
          ? Response.json({ result: { data: ME } })
          : Response.json({ error: { message: "Sign in.", code: -32_001, data } }, { status: 401 });
      }
    }
  };
  vi.stubGlobal("fetch", (url: string | URL, init: RequestInit = {}) => {
    const { pathname } = new URL(url, "http://localhost");
    const body = JSON.parse(typeof init.body === "string" ? init.body : "{}") as Record<string, unknown>;
    asked.push({ path: pathname, body });
    return Promise.resolve(answer(pathname, body));
  });
  return asked;
}

const open = (at = "/~/sign-in") => renderPage(SignInPage, { path: "/~/sign-in", at });

async function enter(password: string) {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("E-mail"), "ada@example.com");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

it("says in a sentence that address and password do not fit, and keeps what was typed", async () => {
  serveAccount();
  open();

  await enter("something else");

  expect(await screen.findByRole("alert")).toHaveTextContent("This address and password do not belong together.");
  expect(screen.getByLabelText("E-mail")).toHaveValue("ada@example.com");
  expect(await axeFindings(document.body)).toEqual([]);
});

it("leads to where somebody wanted to go", async () => {
  serveAccount();
  const address = open("/~/sign-in?next=%2Facme%2Fshop%2Fproduction%2Fflags");

  await enter(PASSWORD);

  await vi.waitFor(() => expect(address()).toBe("/acme/shop/production/flags"));
});

it("never leads to another site", async () => {
  serveAccount();
  const address = open("/~/sign-in?next=%2F%2Fevil.example");

  await enter(PASSWORD);

  await vi.waitFor(() => expect(address()).toBe("/"));
});

it("asks for the code of a second factor, takes only digits, and empties the field after a wrong one", async () => {
  serveAccount({ hasTwoFactor: true });
  const address = open("/~/sign-in?next=%2Facme");
  await enter(PASSWORD);
  const user = userEvent.setup();

  const code = await screen.findByLabelText("Code");
  await user.type(code, "999 x999");
  expect(code).toHaveValue("999999");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("wrong or was used already");
  expect(code).toHaveValue("");
  expect(await axeFindings(document.body)).toEqual([]);
  await user.type(code, `${CODE}{Enter}`);

  await vi.waitFor(() => expect(address()).toBe("/acme"));
});

it("takes a recovery code in place of the app, and lets somebody else begin anew", async () => {
  const asked = serveAccount({ hasTwoFactor: true });
  open("/~/sign-in?step=code");
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Use a recovery code" }));
  await user.type(screen.getByLabelText("Recovery code"), "wrong{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("recovery code is wrong");
  expect(asked.at(-1)).toEqual({ path: "/api/auth/two-factor/verify-backup-code", body: { code: "wrong" } });
  await user.click(screen.getByRole("button", { name: "Somebody else" }));

  expect(await screen.findByLabelText("Password")).toBeInTheDocument();
});

it("offers what the server has, and says why a provider sent somebody back", async () => {
  serveAccount({ methods: { signUp: "open", providers: [{ id: "oidc", name: "Corp" }] } });
  open("/~/sign-in?error=account_not_linked");

  expect(await screen.findByRole("button", { name: "Sign in with Corp" })).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Make an account" })).toHaveAttribute("href", "/~/sign-up");
  expect(screen.getByRole("alert")).toHaveTextContent("address was never confirmed");
  expect(await axeFindings(document.body)).toEqual([]);
});

it("mails a link for a new password, and says the same whether or not there is an account", async () => {
  const asked = serveAccount({ methods: { mailIsSent: false } });
  renderPage(ForgotPage, { path: "/~/forgot-password", at: "/~/forgot-password" });
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Mail me a link" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Write the e-mail address");
  await user.type(screen.getByLabelText("E-mail"), "ada@example.com{Enter}");

  expect(await screen.findByText(/If ada@example.com has an account here/)).toBeInTheDocument();
  expect(screen.getByText(/written to its log/)).toBeInTheDocument();
  expect(asked).toContainEqual({ path: "/api/auth/request-password-reset", body: { email: "ada@example.com" } });
});

it("sets a new password by the mailed link, and says what is wrong with it or with the link", async () => {
  serveAccount();
  const address = renderPage(ResetPage, { path: "/~/reset-password", at: "/~/reset-password?token=good" });
  const user = userEvent.setup();

  await user.type(await screen.findByLabelText("New password"), "short{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Use at least 12 characters.");
  await user.type(screen.getByLabelText("New password"), " but now long enough{Enter}");

  await vi.waitFor(() => expect(address()).toBe("/~/sign-in?changed=1"));
});

it("does not offer to set a password where the link is too old", async () => {
  serveAccount();
  renderPage(ResetPage, { path: "/~/reset-password", at: "/~/reset-password?token=old" });
  const user = userEvent.setup();

  await user.type(await screen.findByLabelText("New password"), "several words in a row{Enter}");

  expect(await screen.findByRole("alert")).toHaveTextContent("This link is too old.");
  expect(screen.getByRole("link", { name: "Ask for a new link" })).toHaveAttribute("href", "/~/forgot-password");
});

it("takes a new address with a click, not by being opened", async () => {
  const asked = serveAccount();
  renderPage(ConfirmEmailPage, { path: "/~/confirm-email", at: "/~/confirm-email?token=abc" });
  const user = userEvent.setup();
  const isAsked = () => asked.some((it) => it.path === "/trpc/account.confirmEmail");

  const button = await screen.findByRole("button", { name: "Use this address" });
  expect(isAsked()).toBe(false);
  await user.click(button);

  expect(await screen.findByText(/You sign in with new@example.com/)).toBeInTheDocument();
});
