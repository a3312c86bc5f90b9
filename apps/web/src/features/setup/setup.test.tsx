import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { SetupPage } from "./SetupPage.tsx";

const open = (query: string) => renderPage(SetupPage, { path: "/~/setup", at: `/~/setup${query}` });

it("says where the link is for whoever comes without one", async () => {
  serve({ "setup.status": () => ({ needed: true }) });
  open("");

  expect(await screen.findByRole("heading", { name: "Open the link that Halyard printed" })).toBeVisible();
});

it("sends everybody to sign in once the server is set up", async () => {
  serve({ "setup.status": () => ({ needed: false }) });
  open("?token=used");

  expect(await screen.findByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/~/sign-in");
});

it("puts what the server says beside the field it is about, and loses nothing that was typed", async () => {
  const asked = serve({
    "setup.status": () => ({ needed: true }),
    "setup.complete": () =>
      refuse({ code: "invalid", message: "Wrong.", fields: [{ path: "password", message: "Use at least 12 characters." }] }),
  });
  open("?token=t1");
  const user = userEvent.setup();

  await user.type(await screen.findByLabelText("Your name"), "Ada");
  await user.type(screen.getByLabelText("Password"), "short");
  expect(await axeFindings(document.body)).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Set up Halyard" }));

  expect(await screen.findByText("Use at least 12 characters.")).toBeVisible();
  expect(screen.getByLabelText("Password")).toBeInvalid();
  expect(screen.getByLabelText("Your name")).toHaveValue("Ada");
  expect(asked.find(({ path }) => path === "setup.complete")?.input).toMatchObject({ token: "t1", flag: "new-checkout" });
});

it("tells somebody with a wrong link what to do", async () => {
  serve({
    "setup.status": () => ({ needed: true }),
    "setup.complete": () => refuse({ code: "forbidden", message: "This set-up link is wrong." }),
  });
  open("?token=wrong");

  await userEvent.setup().click(await screen.findByRole("button", { name: "Set up Halyard" }));

  expect(await screen.findByRole("heading", { name: "This set-up link does not fit" })).toBeVisible();
});
