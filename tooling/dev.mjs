// `npm run dev`: the product on one address, reloading. Vite owns the port a person opens and passes the API's paths on.
import { createRequire } from "node:module";
import { createServer as createSocket } from "node:net";
import { pathToFileURL } from "node:url";
import { follow } from "./lib/follow.mjs";
import { root } from "./lib/run.mjs";

/** What the API answers itself; all else is the dashboard's. */
const apiPaths = "^/(api|trpc|rest|stream|health|version|ofrep)([/?]|$)";

const port = Number(process.env.PORT ?? 8000);
const host = process.env.HOST ?? "127.0.0.1";
const apiPort = await freePort();

// Vite belongs to the dashboard, so it is looked up from there.
const vitePath = createRequire(`${root}apps/web/package.json`).resolve("vite");
const { createServer } = /** @type {typeof import("vite")} */ (await import(pathToFileURL(vitePath).href));
const target = `http://127.0.0.1:${apiPort}`;
const web = await createServer({
  root: `${root}apps/web`,
  clearScreen: false,
  server: { port, host, strictPort: true },
  // Replaced, not merged: the dashboard's own config proxies to the usual port, for those who start the two by hand.
  plugins: [
    {
      name: "halyard-api",
      config: (config) => {
        config.server = { ...config.server, proxy: { [apiPaths]: { target, ws: true, xfwd: true } } };
      },
    },
  ],
});
await web.listen();

const address = process.env.HALYARD_BASE_URL ?? `http://localhost:${port}`;
follow("tsx", ["watch", "--clear-screen=false", "apps/api/src/main.ts"], {
  PORT: String(apiPort),
  HOST: "127.0.0.1",
  HALYARD_BASE_URL: address,
});

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const socket = createSocket();
    socket.once("error", reject);
    socket.listen(0, "127.0.0.1", () => {
      const address = socket.address();
      socket.close(() => {
        if (address === null || typeof address === "string") reject(new Error("the system gave no port"));
        else resolve(address.port);
      });
    });
  });
}
