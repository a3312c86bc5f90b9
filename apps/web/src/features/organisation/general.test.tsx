import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { ApiKeysPage } from "./ApiKeysPage.tsx";
import { GeneralPage } from "./GeneralPage.tsx";
import { acmeFor } from "./testing/an-organisation.ts";

const createdAt = "2026-11-01T00:00:00.000Z";
const ACME = { id: 1, name: "Acme", slug: "acme", role: "owner", requireTwoFactor: false, createdAt };
const KEY = {
  id: 4,
  name: "pipeline",
  role: "editor",
  keyId: "k1",
  createdAt,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  replacedBy: null,
};
const general = { path: "/:organisation/~/general", at: "/acme/~/general" };
const keys = { path: "/:organisation/~/keys", at: "/acme/~/keys" };

it("asks everybody for a second factor, and sends only what changed", async () => {
  const asked = serve({ ...acmeFor("owner"), "organisations.get": () => ACME, "organisations.update": () => ACME });
  renderPage(GeneralPage, general);
  const user = userEvent.setup();

  const box = await screen.findByRole("checkbox", { name: /Everybody needs a second factor/ });
  await expect.poll(() => box).toBeEnabled();
  await user.click(box);
  expect(screen.getByText(/Members without a second factor are kept out at once/)).toBeVisible();
  expect(await axeFindings(document.body)).toEqual([]);
  await user.click(screen.getByRole("button", { name: /^Save/ }));

  expect(await screen.findByText("Saved Acme")).toBeVisible();
  expect(asked).toContainEqual({ path: "organisations.update", input: { organisation: "acme", requireTwoFactor: true } });
});

it("says how one signs in and how that is set up, and who may change the rest", async () => {
  serve({ ...acmeFor("viewer"), "organisations.get": () => ACME });
  renderPage(GeneralPage, general);

  expect(await screen.findByText("HALYARD_OIDC_ISSUER")).toBeVisible();
  expect(await screen.findByText("You may not rename the organisation and change its settings; ask Ada Lovelace.")).toBeVisible();
  expect(screen.getByLabelText("Name")).toBeDisabled();
});

it("rotates an API key and shows the new one once", async () => {
  const asked = serve({
    ...acmeFor("owner"),
    "apiKeys.list": () => [KEY],
    "apiKeys.rotate": () => ({ ...KEY, id: 5, key: "hal_k2_secret" }),
  });
  renderPage(ApiKeysPage, keys);
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Rotate pipeline" }));
  await user.click(await screen.findByRole("button", { name: "Rotate key" }));

  expect(await screen.findByText("hal_k2_secret")).toBeVisible();
  expect(asked.find(({ path }) => path === "apiKeys.rotate")?.input).toMatchObject({ organisation: "acme", id: 4 });
});

it("does not ask for keys that may not be seen", async () => {
  const asked = serve(acmeFor("editor"));
  renderPage(ApiKeysPage, keys);

  expect(await screen.findByText("You may not list, make, rotate and revoke API keys; ask Ada Lovelace.")).toBeVisible();
  expect(asked.map(({ path }) => path)).not.toContain("apiKeys.list");
});
