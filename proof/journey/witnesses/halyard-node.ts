import { createServerClient } from "@halyard/sdk/node";
import { createSightings } from "../sightings.ts";
import type { Connection, Witness } from "../witness.ts";

export async function halyardNode({ url, serverKey, flag }: Connection): Promise<Witness> {
  const { report, sees } = createSightings("@halyard/sdk/node");
  const client = createServerClient({ url, key: serverKey });
  const read = () => report(client.for({ targetingKey: "ada" }).get(flag) === true);
  client.on("change", read);
  await client.ready();
  read();
  return { sees, close: client.close };
}
