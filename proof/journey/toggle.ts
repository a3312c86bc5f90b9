import type { Page } from "playwright-core";

/** @returns when the browser saw the click on the flag's switch, in milliseconds since 1970 */
export async function clickSwitch(page: Page, flag: string, enabled: boolean): Promise<number> {
  await page.evaluate(() =>
    addEventListener("click", () => (document.documentElement.dataset["clickedAt"] = String(Date.now())), { capture: true }),
  );
  const flagSwitch = page.getByRole("switch", { name: new RegExp(flag) });

  await flagSwitch.click();

  await flagSwitch.and(page.getByRole("switch", { checked: enabled })).waitFor();
  return Number(await page.locator("html").getAttribute("data-clicked-at"));
}
