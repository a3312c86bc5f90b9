import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { serveFolders } from "../../lib/static-server.ts";
import { createSightings } from "../sightings.ts";
import type { Connection, Witness } from "../witness.ts";

const require = createRequire(import.meta.url);

/** An application's page in a browser, on an origin of its own, with both clients exactly as their packages ship them. */
export async function openApplication(
  browser: Browser,
  { url, clientKey, flag }: Connection,
): Promise<{ readonly halyard: Witness; readonly flagsmith: Witness }> {
  const halyard = createSightings("@halyard/sdk in a browser");
  const flagsmith = createSightings("@flagsmith/flagsmith in a browser");
  const server = await serveFolders({
    "/flagsmith/": dirname(require.resolve("@flagsmith/flagsmith")),
    "/halyard/": dirname(require.resolve("@halyard/sdk")),
    "/": fileURLToPath(new URL("..", import.meta.url)),
  });
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(`The application's page: ${error.message}`));
  await page.exposeFunction("report", (name: string, enabled: boolean, at: number) =>
    (name === "halyard" ? halyard : flagsmith).report(enabled, at),
  );
  await page.goto(`${server.url}/application.html?${new URLSearchParams({ url, clientKey, flag }).toString()}`);
  const close = async () => {
    if (page.isClosed()) return;
    await page.close();
    await server.stop();
  };
  return { halyard: { sees: halyard.sees, close }, flagsmith: { sees: flagsmith.sees, close } };
}
