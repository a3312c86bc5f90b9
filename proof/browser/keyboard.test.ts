import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../lib/browser.ts";
import { connectManagement, type Management, type Place } from "../lib/management.ts";
import { chromiumPath } from "../lib/services.ts";
import { ADMIN, type Stack, startStack } from "../lib/stack.ts";

describe.skipIf(chromiumPath === undefined)("without a mouse", () => {
  let stack: Stack;
  let browser: Browser;
  let management: Management;
  let page: Page;
  const shop: Place = { organisation: "halyard", project: "sample-shop", environment: "production" };
  const isOn = async (key: string) =>
    (await management.flags(shop)).find((it) => it.key === key)?.states.find((it) => it.environment === "production")?.enabled;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Tab, as often as somebody would have the patience to. */
  const tabTo = async (selector: string) => {
    for (let presses = 0; presses < 12; presses++) {
      await press("Tab");
      if (await page.evaluate((it) => document.activeElement?.matches(it), selector)) return;
    }
    throw new Error(`Twelve presses of Tab do not reach ${selector}.`);
  };
  const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ database: "pglite", sample: true }), openBrowser()]);
    management = await connectManagement(stack);
    page = await browser.newPage({ baseURL: stack.url });
    page.setDefaultTimeout(15_000);
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  it("somebody signs in and is led to where the link pointed", async () => {
    await page.goto("/halyard/sample-shop/production/history");
    await heading("Sign in");

    await page.keyboard.type(ADMIN.email);
    await press("Tab");
    await page.keyboard.type(ADMIN.password);
    await press("Enter");

    await heading("History");
  });

  it("switches a flag of production: go, find, toggle, yes", async () => {
    const before = await isOn("legacy-cart");

    await press("g", "f");
    await heading("Flags");
    await page.locator("tr[data-key]").first().waitFor();
    await press("/");
    await page.keyboard.type("legacy");
    await page.waitForURL(/q=legacy/);
    await page.getByRole("switch", { name: /^legacy-cart/ }).waitFor();
    await expect.poll(() => page.locator("tr[data-key]").count()).toBe(1);
    await tabTo("tr[data-key]");
    await press("t");
    await page.getByRole("dialog", { name: "legacy-cart in Production?" }).locator("button:focus").waitFor();
    await press("Enter");

    await expect.poll(() => isOn("legacy-cart")).toBe(!before);
  });

  it("moves between environments with brackets, and anywhere with the palette", async () => {
    await press("[");
    await page.waitForURL(/\/staging\/flags/);

    await press("Control+k");
    await page.getByRole("dialog").locator("input:focus").waitFor();
    await page.keyboard.type("segments");
    await press("Enter");

    await heading("Segments");
  });

  it("makes a flag and lands on its page", async () => {
    await press("g", "f");
    await heading("Flags");
    await press("c");
    await page.getByRole("dialog").locator("input:focus").waitFor();
    await page.keyboard.type("made-by-keys");
    await press("Enter");

    await heading("made-by-keys");
    expect((await management.flags(shop)).map((it) => it.key)).toContain("made-by-keys");
  });

  it("says what its keys do, and gets out of the way", async () => {
    await press("?");
    const help = page.getByRole("dialog");
    await help.waitFor();
    await press("Escape");

    await help.waitFor({ state: "hidden" });
  });
});
