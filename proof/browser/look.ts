import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { SCHEMES, WIDTHS } from "./pages.ts";

const RESULTS = fileURLToPath(new URL("../results/screenshots/", import.meta.url));

/**
 * What is wrong with a page in every theme and width, empty where nothing is; takes a picture of each.
 *
 * @param reopen opens it anew in each width; without it the page is looked at as it stands
 */
export async function lookAt(page: Page, name: string, reopen?: () => Promise<void>): Promise<string[]> {
  mkdirSync(RESULTS, { recursive: true });
  const faults: string[] = [];
  for (const size of WIDTHS) {
    await page.setViewportSize(size);
    await reopen?.();
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const look = `${name}-${colorScheme}-${size.width}`;
      await page.screenshot({ path: `${RESULTS}${look}.png`, animations: "disabled" });
      // Colours do not depend on the width, and nothing else on the theme.
      if (size === WIDTHS[0] || colorScheme === SCHEMES[0])
        faults.push(...(await accessibilityFaults(page, name)).map((fault) => `${look}: ${fault}`));
    }
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overhang > 0) faults.push(`${name} at ${size.width} px: ${overhang} px wider than the window`);
  }
  return faults;
}

async function accessibilityFaults(page: Page, name: string): Promise<string[]> {
  // The gallery shows the same part several times, landmarks included.
  const withoutRules = name === "gallery" ? ["landmark-unique"] : [];
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(withoutRules).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(" ")).join("; ")})`);
}

/** Opens a page of the dashboard and waits until it shows what it asked for; a dialog that its address opens hides the rest. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).or(page.getByRole("dialog")).first().waitFor();
  await page.waitForLoadState("networkidle");
}
