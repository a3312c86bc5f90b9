import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectComplaints, openBrowser } from "../lib/browser.ts";
import { signIn } from "../lib/dashboard.ts";
import { connectManagement } from "../lib/management.ts";
import { chromiumPath } from "../lib/services.ts";
import { type Stack, startStack } from "../lib/stack.ts";
import { lookAt, open } from "./look.ts";
import { EMPTY_PAGES, EMPTY_PROJECT, OUTSIDE_PAGES, PAGES } from "./pages.ts";

describe.skipIf(chromiumPath === undefined)("the dashboard's pages", () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ database: "pglite", sample: true }), openBrowser()]);
    await (await connectManagement(stack)).createProject(EMPTY_PROJECT);
    page = await signIn(browser, stack.url);
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  it.each([...PAGES, ...EMPTY_PAGES])(
    "$name: fits, speaks to assistive technology, complains of nothing",
    async ({ name, path }) => {
      const tab = await page.context().newPage();
      const complaints = collectComplaints(tab);

      const faults = await lookAt(tab, name, () => open(tab, path));

      await tab.close();
      expect([...faults, ...complaints]).toEqual([]);
    },
  );

  it.each(OUTSIDE_PAGES)("$name: fits, speaks to assistive technology, complains of nothing", async ({ name, path }) => {
    const tab = await browser.newPage({ baseURL: stack.url });
    const complaints = collectComplaints(tab);

    const faults = await lookAt(tab, name, () => open(tab, path));

    await tab.close();
    expect([...faults, ...complaints]).toEqual([]);
  });
});
