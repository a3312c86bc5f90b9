import type { Browser, Page } from "playwright-core";
import type { Place } from "./management.ts";
import { ADMIN } from "./stack.ts";

export const addressOf = ({ organisation, project, environment }: Place, page: string) =>
  `/${organisation}/${project}/${environment}/${page}`;

/** Signs in as the initial administrator, by the form, in a browser context of its own. */
export async function signIn(browser: Browser, url: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto("/~/sign-in");
  await page.getByLabel(/e-?mail/i).fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.waitForURL((address) => !address.pathname.startsWith("/~/sign-in"));
  return page;
}
