import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { SignInPage } from "./SignInPage.tsx";

const ME = { kind: "person", id: "u1", name: "Ada", email: "ada@example.com", organisations: [] };

/** A server with one account. */
function serveAccount(password: string) {
  let isIn = false;
  vi.stubGlobal("fetch", (url: string | URL, init: RequestInit = {}) => {
    const { pathname } = new URL(url, "http://localhost");
    if (pathname === "/trpc/setup.status") return Promise.resolve(Response.json({ result: { data: { needed: false } } }));
    if (pathname === "/api/auth/sign-in/email") {
      const given = JSON.parse(typeof init.body === "string" ? init.body : "{}") as { password: string };
      isIn = given.password === password;
      return Promise.resolve(Response.json({}, { status: isIn ? 200 : 401 }));
    }
    const data = { code: "unauthenticated", message: "Sign in." };
    return Promise.resolve(
      isIn
        ? Response.json({ result: { data: ME } })
        : Response.json({ error: { message: "Sign in.", code: -32_001, data } }, { status: 401 }),
    );
  });
}

async function enter(password: string) {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("E-mail"), "ada@example.com");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

it("says in a sentence that address and password do not fit, and keeps what was typed", async () => {
  serveAccount("a long enough password");
  renderPage(SignInPage, { path: "/~/sign-in", at: "/~/sign-in" });

  await enter("something else");

  expect(await screen.findByRole("alert")).toHaveTextContent("This address and password do not belong together.");
  expect(screen.getByLabelText("E-mail")).toHaveValue("ada@example.com");
  expect(await axeFindings(document.body)).toEqual([]);
});

it("leads to where somebody wanted to go", async () => {
  serveAccount("a long enough password");
  const address = renderPage(SignInPage, { path: "/~/sign-in", at: "/~/sign-in?next=%2Facme%2Fshop%2Fproduction%2Fflags" });

  await enter("a long enough password");

  await vi.waitFor(() => expect(address()).toBe("/acme/shop/production/flags"));
});

it("never leads to another site", async () => {
  serveAccount("a long enough password");
  const address = renderPage(SignInPage, { path: "/~/sign-in", at: "/~/sign-in?next=%2F%2Fevil.example" });

  await enter("a long enough password");

  await vi.waitFor(() => expect(address()).toBe("/"));
});
