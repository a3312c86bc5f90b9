import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectComplaints, openBrowser } from "../lib/browser.ts";
import { chromiumPath } from "../lib/services.ts";
import { type Stack, startStack } from "../lib/stack.ts";
import { lookAt, open } from "./look.ts";

describe.skipIf(chromiumPath === undefined)("a new server's first minute", () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let link: string;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ database: "pglite", sample: true, admin: false }), openBrowser()]);
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  it("prints a link and a line that reads the sample's flags", async () => {
    const printed = () => stack.apis[0]?.output() ?? "";
    await expect.poll(printed).toContain("curl");
    [link = ""] = /http\S+\/~\/setup\?token=\S+/.exec(printed()) ?? [];
    const [, key = "", address = ""] = /curl -H 'X-Environment-Key: (\S+)' (\S+)/.exec(printed()) ?? [];

    expect(new URL(link).origin).toBe(stack.url);
    expect(await readFlags(address, key)).toMatchObject({ "one-page-checkout": true });
  });

  it("asks everything on one screen, makes the administrator and the first flag, and shows it rise", async () => {
    const complaints = collectComplaints(page);
    await open(page, link);
    await page.getByLabel("Your name").fill("Grace Hopper");
    await page.getByLabel("E-mail").fill("grace@example.com");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByLabel("Organisation").fill("Acme");
    await page.getByLabel("Project").fill("Web shop");
    await page.getByRole("textbox", { name: "First flag" }).fill("new-checkout");
    expect(await lookAt(page, "setup")).toEqual([]);

    await page.getByRole("button", { name: "Set up Halyard" }).click();
    await page.getByRole("heading", { name: "Watch it rise" }).waitFor();
    const shell = page.getByText(/^curl -H 'X-Environment-Key: /);
    const [, key = ""] = /Key: ([\w.-]+)/.exec(await shell.innerText()) ?? [];
    const address = `${stack.url}/api/v1/flags/`;
    expect(await readFlags(address, key)).toEqual({ "new-checkout": false });
    expect(await lookAt(page, "setup-first-flag")).toEqual([]);
    await page.getByRole("switch", { name: "new-checkout" }).click();

    await page.getByRole("heading", { name: "It flies" }).waitFor();
    await expect.poll(() => readFlags(address, key)).toEqual({ "new-checkout": true });
    expect(complaints).toEqual([]);
  });

  it("leads into the dashboard, signed in", async () => {
    await page.getByRole("link", { name: "Open the dashboard" }).click();

    await page.getByRole("heading", { level: 1, name: "Flags" }).waitFor();
    await page.getByRole("switch", { name: /^new-checkout/, checked: true }).waitFor();
  });

  it("does not take the link a second time", async () => {
    const stranger = await browser.newPage();

    await open(stranger, link);

    expect(await stranger.getByLabel("Your name").count()).toBe(0);
    expect(await lookAt(stranger, "setup-used")).toEqual([]);
  });
});

async function readFlags(address: string, key: string): Promise<Record<string, boolean>> {
  const response = await fetch(address, { headers: { "X-Environment-Key": key } });
  const flags = (await response.json()) as { feature: { name: string }; enabled: boolean }[];
  return Object.fromEntries(flags.map((it) => [it.feature.name, it.enabled]));
}
