import { type Database, FolderInUseError, openDatabase } from "@halyard/db";
import closeWithGrace from "close-with-grace";
import type { Logger } from "pino";
import { buildApp } from "./app.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { createSample } from "./features/sample/index.ts";
import { bootstrap, setupToken } from "./features/setup/index.ts";
import { createLog } from "./log.ts";
import { findSecret } from "./secret.ts";
import { welcome } from "./welcome.ts";

/** Requests that are still being answered get this long. */
const GRACE_MS = 10_000;

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const database = await open(config);
  try {
    await serve(config, database, log);
  } catch (error) {
    await database.close();
    throw error;
  }
}

const open = ({ databaseUrl, dataDir }: Config): Promise<Database> =>
  openDatabase(databaseUrl === undefined ? { folder: dataDir } : { url: databaseUrl });

async function serve(config: Config, database: Database, log: Logger): Promise<void> {
  const secret = findSecret(config);
  const baseUrl = config.baseUrl ?? `http://localhost:${config.port}`;
  const { http, services, drain } = await buildApp({ config, database, log, secret, baseUrl });
  const token = setupToken(secret);
  const { isSetupNeeded } = await bootstrap(services, { config, token, sample: createSample });
  const address = await http.listen({ port: config.port, host: config.host });
  const drainMs = config.drainSeconds * 1_000;
  // A second signal ends the process at once.
  closeWithGrace({ delay: drainMs + GRACE_MS, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, "an error that nobody caught; closing");
    // Nobody waits for whoever presses Ctrl-C.
    if (signal === "SIGTERM" && drainMs > 0) await drain(drainMs);
    await http.close();
    await database.close();
  });
  const shown = config.port === 0 ? address : baseUrl;
  for (const line of await welcome(services, { config, baseUrl: shown, setupToken: isSetupNeeded ? token : undefined })) {
    process.stdout.write(`${line}\n`);
  }
}

try {
  await main();
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof FolderInUseError;
  process.stderr.write(`${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
}
