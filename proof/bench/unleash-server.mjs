// Unleash's server from the folder it was installed into. Reads `{ folder, url, port }` from standard input; prints a line when it serves.
import { createRequire } from "node:module";
import { json } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const { folder, url, port, clientToken, frontendToken } = await json(process.stdin);
const entry = createRequire(`${folder}/package.json`).resolve("unleash-server");
const { start } = await import(pathToFileURL(entry).href);
const token = (secret, type) => ({ tokenName: type, type, environment: "development", projects: ["*"], secret });
await start({
  databaseUrl: url,
  db: { connectionString: url, ssl: false },
  server: { port, host: "127.0.0.1" },
  authentication: { type: "none", initApiTokens: [token(clientToken, "client"), token(frontendToken, "frontend")] },
  frontendApiOrigins: ["*"],
  versionCheck: { enable: false },
  telemetry: false,
  logLevel: "error",
});
console.log("serving");
