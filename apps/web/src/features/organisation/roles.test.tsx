import { screen, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { AccessPage } from "./AccessPage.tsx";
import { GroupsPage } from "./GroupsPage.tsx";
import { RolesPage } from "./RolesPage.tsx";
import { acmeFor, GRANT, mine } from "./testing/an-organisation.ts";

const TOGGLER = {
  id: 3,
  name: "Toggler",
  description: "Flips flags",
  permissions: ["UPDATE_FEATURE_STATE"],
  createdAt: "2026-11-01T00:00:00.000Z",
};
const at = (page: string) => ({ path: `/:organisation/~/${page}`, at: `/acme/~/${page}` });

it("draws what each role permits, and what a custom one may see by it", async () => {
  serve({ ...acmeFor("owner"), "roles.list": () => [TOGGLER] });
  renderPage(RolesPage, at("roles"));

  const columns = (await screen.findAllByRole("columnheader")).map((it) => it.textContent);
  expect(columns).toEqual(["Whoever has it may", "Owner", "Admin", "Editor", "Viewer", "Toggler"]);
  const verdicts = (name: RegExp) =>
    within(screen.getByRole("row", { name }))
      .getAllByRole("cell")
      .map((it) => it.textContent.replace("–", ""));
  expect(verdicts(/^Turn flags on and off/)).toEqual(["yes", "yes", "yes", "no", "yes"]);
  expect(verdicts(/^Make owners/)).toEqual(["yes", "no", "no", "no", "no"]);
  expect(verdicts(/^See the environment/)).toEqual(["yes", "yes", "yes", "yes", "yes"]);
  expect(await axeFindings(document.body)).toEqual([]);
});

it("makes a role of what is ticked", async () => {
  const asked = serve({ ...acmeFor("owner"), "roles.create": () => TOGGLER });
  renderPage(RolesPage, at("roles"));
  const user = userEvent.setup();

  const open = await screen.findByRole("button", { name: "New role" });
  await expect.poll(() => open).toBeEnabled();
  await user.click(open);
  await user.type(await screen.findByLabelText("Name"), "Toggler");
  await user.click(screen.getByLabelText("Turn flags on and off and change what they answer"));
  await user.click(screen.getByLabelText("Make projects"));
  await user.click(screen.getByLabelText("Make projects"));
  await user.click(screen.getByRole("button", { name: "Create role" }));

  expect(await screen.findByText("Saved Toggler")).toBeVisible();
  expect(asked.find(({ path }) => path === "roles.create")?.input).toMatchObject({
    name: "Toggler",
    permissions: ["UPDATE_FEATURE_STATE"],
  });
});

it("puts people into a group and takes others out", async () => {
  const asked = serve({
    ...acmeFor("owner"),
    "groups.update": () => ({ id: 7 }),
    "groups.addMember": () => ({ id: 7 }),
    "groups.removeMember": () => ({ id: 7 }),
  });
  renderPage(GroupsPage, at("groups"));
  const user = userEvent.setup();

  const edit = await screen.findByRole("button", { name: "Edit Backend" });
  await expect.poll(() => edit).toBeEnabled();
  await user.click(edit);
  const dialog = await screen.findByRole("dialog");
  await user.click(await within(dialog).findByLabelText(/^Ada Lovelace/));
  await user.click(within(dialog).getByLabelText(/^Mel Ortiz/));
  await user.click(within(dialog).getByRole("button", { name: "Save" }));

  await expect
    .poll(() => asked.filter(({ path }) => path.startsWith("groups.") && path.endsWith("Member")))
    .toEqual([
      { path: "groups.addMember", input: { organisation: "acme", id: 7, userId: "u1" } },
      { path: "groups.removeMember", input: { organisation: "acme", id: 7, userId: "u2" } },
    ]);
});

it("withdraws a grant only where the viewer may grant", async () => {
  const asked = serve({
    ...acmeFor("editor"),
    "grants.list": () => [GRANT, { ...GRANT, id: 6, environment: "production" }],
    "permissions.mine": ({ environment }: { environment?: string }) => mine(environment === "staging" ? ["MANAGE_ACCESS"] : []),
    "grants.delete": () => null,
  });
  renderPage(AccessPage, at("access"));
  const user = userEvent.setup();

  const [staging, production] = await screen.findAllByRole("button", { name: "Withdraw Admin from Backend" });
  if (!staging || !production) throw new Error("Both grants have a button.");
  await expect.poll(() => staging).toBeEnabled();
  expect(production).toBeDisabled();
  expect(production.parentElement).toHaveAttribute(
    "title",
    expect.stringMatching(/^You may not grant roles .*; ask Ada Lovelace\.$/),
  );
  await user.click(staging);
  await user.click(await screen.findByRole("button", { name: "Withdraw" }));

  await expect.poll(() => asked).toContainEqual({ path: "grants.delete", input: { organisation: "acme", id: 5 } });
});

it("says in the dialog of a grant why the place is closed", async () => {
  serve({ ...acmeFor("editor"), "grants.list": () => [] });
  renderPage(AccessPage, at("access"));
  const user = userEvent.setup();

  await user.click(await screen.findByRole("button", { name: "Grant a role" }));

  expect(await screen.findByText(/^You may not grant roles to people, groups and API keys.*ask Ada Lovelace/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Grant it" })).toBeDisabled();
});

it("draws that the lists may not be seen", async () => {
  const forbidden = () => refuse({ code: "forbidden", message: "No." });
  serve({ ...acmeFor("viewer"), "groups.list": forbidden });
  renderPage(GroupsPage, at("groups"));

  expect(await screen.findByText("You may not see these groups")).toBeVisible();
});
