import type { SdkRouter } from "@halyard/api/sdk-router";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import { createSightings } from "../sightings.ts";
import type { Connection, Witness } from "../witness.ts";

/** tRPC's own client: nothing of ours but the router's types. */
export function trpc({ url, clientKey, flag }: Connection): Witness {
  const { report, sees } = createSightings("@trpc/client");
  const socket = createWSClient({
    url: `${url.replace(/^http/, "ws")}/stream`,
    // Node 20 has no WebSocket of its own; this one has a browser's face.
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    connectionParams: { key: clientKey },
  });
  const client = createTRPCClient<SdkRouter>({ links: [wsLink({ client: socket })] });
  const subscription = client.flags.subscribe(
    {},
    {
      onData({ data: event }) {
        if (event.type === "heartbeat") return;
        const result = (event.type === "full" ? event.flags : event.changed)[flag];
        if (result) report(result.enabled);
      },
    },
  );
  return {
    sees,
    close: async () => {
      subscription.unsubscribe();
      await socket.close();
    },
  };
}
