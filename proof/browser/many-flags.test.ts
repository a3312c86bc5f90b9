import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../lib/browser.ts";
import { addressOf, signIn } from "../lib/dashboard.ts";
import { connectManagement, type Place } from "../lib/management.ts";
import { chromiumPath, isSlowMachine } from "../lib/services.ts";
import { type Stack, startStack } from "../lib/stack.ts";

const FLAGS = 5_000;
/** Rows in the document at any time: a window full, and some on either side. */
const MOST_ROWS = 90;
/** The median frame of a screen at 60 Hz takes 17; the slowest of hundreds say more about the machine than about the page. */
const FRAME_MS = 25;

interface Scrolled {
  readonly mostRows: number;
  readonly frames: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
  readonly lastKey: string | undefined;
}

describe.skipIf(chromiumPath === undefined)(`a list of ${FLAGS} flags`, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let place: Place;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ database: "pglite" }), openBrowser()]);
    const management = await connectManagement(stack);
    place = await management.createProject("Many flags");
    const flags = Array.from({ length: FLAGS }, (_, n) => ({ name: `flag-${String(n).padStart(4, "0")}` }));
    await management.importFlags(place, flags);
    page = await signIn(browser, stack.url, { viewport: { width: 1440, height: 900 } });
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  it("scrolls to its end while only the rows in sight exist, at the pace of the screen", async () => {
    await page.goto(addressOf(place, "flags"));
    await page.locator("tr[data-key]").first().waitFor();

    const loading = await scroll(page);
    // All of it is there now: what is left is drawing.
    const drawing = await scroll(page);

    console.log("while it loads", loading, "once it is loaded", drawing);
    expect(loading.lastKey).toBe(`flag-${FLAGS - 1}`);
    expect(Math.max(loading.mostRows, drawing.mostRows)).toBeLessThanOrEqual(MOST_ROWS);
    if (!isSlowMachine) expect(Math.max(loading.medianMs, drawing.medianMs)).toBeLessThan(FRAME_MS);
  });

  it("finds one of them by its key, among all of them", async () => {
    await page.goto(addressOf(place, "flags?q=flag-4321"));

    await page.getByRole("switch", { name: /^flag-4321/ }).waitFor();
    await expect.poll(() => page.locator("tr[data-key]").count()).toBe(1);
  });
});

/** From the top to the end, a screen every second frame or so. */
async function scroll(page: Page): Promise<Scrolled> {
  return page.evaluate(async () => {
    const list = document.getElementById("page");
    if (!list) throw new Error("Nothing scrolls.");
    list.scrollTop = 0;
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const durations: number[] = [];
    let mostRows = 0;
    let still = 0;
    for (let before = await frame(); still < 120; ) {
      const top = list.scrollTop;
      list.scrollTop = top + 600;
      const now = await frame();
      durations.push(now - before);
      before = now;
      mostRows = Math.max(mostRows, list.querySelectorAll("tr[data-key]").length);
      // At the end of what is loaded it waits for more, as somebody at the wheel would.
      still = list.scrollTop === top ? still + 1 : 0;
    }
    durations.sort((a, b) => a - b);
    return {
      mostRows,
      frames: durations.length,
      medianMs: durations[Math.floor(durations.length / 2)] ?? 0,
      p95Ms: durations[Math.floor(durations.length * 0.95)] ?? 0,
      longestMs: durations.at(-1) ?? 0,
      lastKey: [...list.querySelectorAll("tr[data-key]")].at(-1)?.getAttribute("data-key") ?? undefined,
    };
  });
}
