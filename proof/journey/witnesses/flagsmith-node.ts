import { type Flags, Flagsmith } from "flagsmith-nodejs";
import { createSightings, readEvery } from "../sightings.ts";
import type { Connection, Witness } from "../witness.ts";

const READ_EVERY_MS = 200;

/** Asks the server at every read. */
export function flagsmithNodeRemote({ url, clientKey, flag }: Connection): Witness {
  const client = new Flagsmith({ apiUrl: `${url}/api/v1/`, environmentKey: clientKey });
  return watchByReading("flagsmith-nodejs, remote", client, flag);
}

/** Decides by itself with the environment's document, which it fetches every second. */
export function flagsmithNodeLocal({ url, serverKey, flag }: Connection): Witness {
  const client = new Flagsmith({
    apiUrl: `${url}/api/v1/`,
    environmentKey: serverKey,
    enableLocalEvaluation: true,
    environmentRefreshIntervalSeconds: 1,
  });
  return watchByReading("flagsmith-nodejs, local", client, flag);
}

function watchByReading(name: string, client: Flagsmith, flag: string): Witness {
  const { report, sees } = createSightings(name);
  const stop = readEvery(READ_EVERY_MS, async () => {
    const flags: Flags = await client.getEnvironmentFlags();
    report(flags.isFeatureEnabled(flag));
  });
  return {
    sees,
    close: async () => {
      await stop();
      await client.close();
    },
  };
}
