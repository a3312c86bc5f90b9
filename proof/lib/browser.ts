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

/** Everything a page complained about: exceptions, console errors, and answers of the server that no page should cause. */
export function collectComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    // Refused questions of the API are part of asking, such as who is signed in; all others are told of below.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    const isQuestion = new URL(response.url()).pathname.startsWith("/trpc/");
    if (response.status() >= (isQuestion ? 500 : 400)) complaints.push(`${response.status()} from ${response.url()}`);
  });
  return complaints;
}
