import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectComplaints, openBrowser } from "../lib/browser.ts";
import { signIn } from "../lib/dashboard.ts";
import { chromiumPath } from "../lib/services.ts";
import { type Stack, startStack } from "../lib/stack.ts";
import { lookAt, open } from "./look.ts";

const shop = "/halyard/sample-shop/production";
const ada = encodeURIComponent("ada@example.com");

/** What lies over a page: how it is opened, and what shows that it is open. */
const OVERLAYS: readonly { readonly name: string; readonly path: string; readonly show: (page: Page) => Promise<unknown> }[] = [
  {
    name: "palette",
    path: `${shop}/flags`,
    show: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").locator("input:focus").waitFor();
      await page.keyboard.type("flag");
    },
  },
  {
    name: "help",
    path: `${shop}/flags`,
    show: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "create-flag",
    path: `${shop}/flags?create=yes`,
    show: (page) => page.getByRole("dialog").waitFor(),
  },
  {
    name: "invite",
    path: "/halyard/~/members",
    show: async (page) => {
      await page.getByRole("button", { name: "Invite" }).click();
      await page.getByLabel("E-mail").waitFor();
    },
  },
  {
    name: "new-role",
    path: "/halyard/~/roles",
    show: async (page) => {
      await page.getByRole("button", { name: "New role" }).click();
      await page.getByLabel("Make projects").waitFor();
    },
  },
  {
    name: "grant-role",
    path: "/halyard/~/access",
    show: async (page) => {
      await page.getByRole("button", { name: "Grant a role" }).click();
      await page.getByRole("button", { name: "Grant it" }).waitFor();
    },
  },
  {
    name: "rotate-key",
    path: `${shop}/keys`,
    show: async (page) => {
      await page.getByRole("button", { name: "Rotate Client-side" }).click();
      await page.getByRole("button", { name: "Rotate key" }).waitFor();
    },
  },
  {
    name: "verified",
    path: "/halyard/~/audit",
    show: async (page) => {
      await page.getByRole("button", { name: "Verify" }).click();
      await page.getByText("Intact.").waitFor();
    },
  },
  {
    name: "audit-event",
    path: "/halyard/~/audit?action=flag.state",
    show: async (page) => {
      await page
        .getByRole("link", { name: /changed what is answered/ })
        .first()
        .click();
      await page.getByRole("heading", { name: "What changed" }).waitFor();
    },
  },
  {
    name: "why",
    path: `${shop}/identities/${ada}?why=express-delivery`,
    show: (page) => page.getByText("How it was decided").waitFor(),
  },
  {
    name: "flag-explained",
    path: `${shop}/flags/hero-banner`,
    show: async (page) => {
      await page.getByLabel(/^Targeting key/).fill("ada@example.com");
      await page.getByRole("button", { name: "Test", exact: true }).click();
      await page.getByText("How it was decided").waitFor();
    },
  },
  {
    name: "rule-builder",
    path: `${shop}/segments/~new`,
    show: async (page) => {
      await page.getByRole("button", { name: /^Operator of condition 1/ }).click();
      await page.getByRole("option", { name: "is before", exact: true }).click();
      await page.getByRole("button", { name: "Options of condition 1" }).click();
      await page.mouse.move(5, 5);
      await page.getByRole("tooltip").waitFor({ state: "hidden" });
    },
  },
];

describe.skipIf(chromiumPath === undefined)("what lies over the dashboard's pages", () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ database: "pglite", sample: true }), openBrowser()]);
    page = await signIn(browser, stack.url);
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  it.each(OVERLAYS)("$name: fits, speaks to assistive technology, complains of nothing", async ({ name, path, show }) => {
    const tab = await page.context().newPage();
    await tab.setViewportSize({ width: 1_440, height: 900 });
    const complaints = collectComplaints(tab);
    await open(tab, path);
    await show(tab);

    const faults = await lookAt(tab, `over-${name}`);

    await tab.close();
    expect([...faults, ...complaints]).toEqual([]);
  });
});
