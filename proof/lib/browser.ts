import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumPath } from "./services.ts";

/** Nothing of the browser's own may use the network or the screen. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error("No browser was found; set CHROMIUM_PATH.");
  return chromium.launch({ executablePath: chromiumPath, args: QUIET });
}

/** Everything a page complained about: exceptions, console errors, answers of the server with 5xx. */
export function collectComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} from ${response.url()}`);
  });
  return complaints;
}
