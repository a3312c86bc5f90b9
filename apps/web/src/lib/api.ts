import type { AppRouter } from "@halyard/api/router";
import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink } from "@trpc/client";

const sameOrigin = (path: string, scheme: string): string => `${scheme}//${location.host}${path}`;

const socket = createWSClient({
  url: () => sameOrigin("/trpc", location.protocol === "https:" ? "wss:" : "ws:"),
  // Opened by the first subscription, closed soon after the last: pages without live data hold no socket.
  lazy: { enabled: true, closeMs: 5_000 },
  keepAlive: { enabled: true, intervalMs: 30_000, pongTimeoutMs: 10_000 },
});

/**
 * The management API, typed by its router. Questions and writes are one HTTP request each, so a slow one holds up no other;
 * subscriptions share one WebSocket.
 */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: wsLink({ client: socket }),
      false: httpLink({
        url: sameOrigin("/trpc", location.protocol),
        // Looked up at each call, so that a test can stand in for the network.
        fetch: (url, init) => fetch(url, init as RequestInit),
      }),
    }),
  ],
});
