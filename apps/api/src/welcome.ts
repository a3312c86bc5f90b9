import type { Config } from "./config.ts";
import type { Services } from "./context.ts";
import { findFirstClientKey } from "./features/keys/index.ts";

export interface WelcomeOptions {
  readonly config: Pick<Config, "production" | "databaseUrl" | "dataDir">;
  readonly baseUrl: string;
  /** Undefined once it was used. */
  readonly setupToken: string | undefined;
}

/** What a person sees when the start is done. */
export async function welcome(
  { db }: Pick<Services, "db">,
  { config, baseUrl, setupToken }: WelcomeOptions,
): Promise<readonly string[]> {
  const key = await findFirstClientKey(db);
  return [
    ...warnings(config, baseUrl),
    `Halyard is at ${baseUrl}`,
    ...(setupToken === undefined ? [] : [`Make the first administrator: ${baseUrl}/~/setup?token=${setupToken}`]),
    ...(key === undefined ? [] : [`Read its flags: curl -H 'X-Environment-Key: ${key}' ${baseUrl}/api/v1/flags/`]),
  ];
}

function warnings({ production, databaseUrl, dataDir }: WelcomeOptions["config"], baseUrl: string): string[] {
  const found: string[] = [];
  if (databaseUrl === undefined) {
    found.push(
      `Stored in ${dataDir}, in the embedded database: it survives a killed process, not a power cut. Set DATABASE_URL to use PostgreSQL.`,
    );
  }
  if (production && baseUrl.startsWith("http:")) {
    found.push("HALYARD_BASE_URL is plain http: passwords and sessions travel unprotected. Use https outside a trusted network.");
  }
  return found;
}
