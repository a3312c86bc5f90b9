import { screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { AuditEventPage } from "./AuditEventPage.tsx";
import { AuditPage } from "./AuditPage.tsx";
import { fieldChanges } from "./field-changes.ts";
import { acmeFor } from "./testing/an-organisation.ts";
import { auditInput } from "./use-audit-filters.ts";

const EVENT = {
  id: 812,
  actor: "Mel Ortiz",
  actorRef: "user:u2",
  action: "flag.state",
  subject: "flag:dark-mode",
  project: "shop",
  environment: "production",
  at: "2026-11-20T10:00:00.000Z",
};
const ENTRY = {
  ...EVENT,
  before: { enabled: false, value: "a" },
  after: { enabled: true, value: "a" },
  address: "192.0.2.7",
  requestId: "r-1",
  seal: 40,
  link: "ab12",
};
const INTACT = { ok: true, break: null, events: 812, seals: 40, revisions: 1, heads: 3, removed: 0 };
const at = (search = "") => ({ path: "/:organisation/~/audit", at: `/acme/~/audit${search}` });

it("asks what the address says, and exports the same", async () => {
  const asked = serve({ ...acmeFor("owner"), "audit.list": () => ({ items: [EVENT], next: null }) });
  renderPage(AuditPage, at("?action=flag&project=shop&q=mode"));

  const link = await screen.findByRole("link", { name: /changed what is answered by the flag dark-mode/ });
  expect(link).toHaveAttribute("href", "/acme/~/audit/812?action=flag&project=shop&q=mode");
  const filters = { organisation: "acme", action: "flag", project: "shop", q: "mode" };
  expect(asked).toContainEqual({ path: "audit.list", input: { ...filters, limit: 50 } });
  expect(screen.getByRole("link", { name: "Export as CSV" })).toHaveAttribute(
    "href",
    "/rest/v1/organisations/acme/audit-events/export?q=mode&action=flag&project=shop&format=csv",
  );
  expect(await axeFindings(document.body)).toEqual([]);
});

it("writes filters into the address, and clears them where nothing is found", async () => {
  serve({ ...acmeFor("owner"), "audit.list": ({ flag }: { flag?: string }) => ({ items: flag ? [] : [EVENT], next: null }) });
  const address = renderPage(AuditPage, at());
  const user = userEvent.setup();

  await user.type(await screen.findByLabelText("Key of one flag"), "none");
  expect(await screen.findByText("No audit events match")).toBeVisible();
  expect(address()).toBe("/acme/~/audit?flag=none");
  await user.click(screen.getByRole("button", { name: "Clear filters" }));

  expect(await screen.findByRole("link", { name: /dark-mode/ })).toBeVisible();
  expect(address()).toBe("/acme/~/audit");
});

it("says that the log is intact, or what was touched", async () => {
  let result: object = INTACT;
  serve({ ...acmeFor("owner"), "audit.list": () => ({ items: [EVENT], next: null }), "verification.run": () => result });
  renderPage(AuditPage, at());
  const user = userEvent.setup();

  const verify = await screen.findByRole("button", { name: "Verify" });
  await expect.poll(() => verify).toBeEnabled();
  await user.click(verify);
  expect(
    await screen.findByText(/812 events under 40 seals, 1 revision and 3 signed heads are as they were written/),
  ).toBeVisible();

  result = { ...INTACT, ok: false, break: { kind: "event", what: "event 7", why: "Its link does not fit." } };
  await user.click(screen.getByRole("button", { name: "Verify" }));
  expect(await screen.findByText(/not as it was written: event 7. Its link does not fit./)).toBeVisible();
});

it("tells somebody who may not read it whom to ask", async () => {
  const asked = serve({ ...acmeFor("viewer"), "audit.list": () => refuse({ code: "forbidden", message: "No." }) });
  renderPage(AuditPage, at());

  expect(await screen.findByText("You may not read who did what, when and from where; ask Ada Lovelace.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Verify" })).toBeDisabled();
  expect(asked.map(({ path }) => path)).toContain("permissions.mine");
});

it("shows one event at its own address with what differs", async () => {
  serve({ ...acmeFor("owner"), "audit.get": () => ENTRY });
  renderPage(AuditEventPage, { path: "/:organisation/~/audit/:event", at: "/acme/~/audit/812?q=mode" });

  expect(await screen.findByRole("row", { name: "enabled false true" })).toBeVisible();
  expect(screen.queryByRole("row", { name: /^value/ })).toBeNull();
  expect(screen.getByText("192.0.2.7")).toBeVisible();
  expect(screen.getByRole("link", { name: "All events" })).toHaveAttribute("href", "/acme/~/audit?q=mode");
  expect(await axeFindings(document.body)).toEqual([]);
});

it("treats an unknown event as no page", async () => {
  serve(acmeFor("owner"));
  renderPage(AuditEventPage, { path: "/:organisation/~/audit/:event", at: "/acme/~/audit/9" });

  expect(await screen.findByText("There is no such page")).toBeVisible();
});

it("takes whole days of the viewer's zone", () => {
  const { from, to } = auditInput("acme", { from: "2026-11-20", to: "2026-11-20" });

  expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(86_400_000);
  expect(auditInput("acme", { from: "no day" })).toEqual({ organisation: "acme" });
});

it("finds what came, went and changed", () => {
  expect(fieldChanges({ a: 1, b: "x", c: null }, { b: "y", c: null, d: [1] })).toEqual([
    { field: "a", before: "1", after: undefined },
    { field: "b", before: "x", after: "y" },
    { field: "d", before: undefined, after: "[\n 1\n]" },
  ]);
  expect(fieldChanges(null, 5)).toEqual([{ field: "value", before: undefined, after: "5" }]);
});
