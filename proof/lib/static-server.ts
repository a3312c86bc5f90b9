import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".mjs": "text/javascript",
  ".js": "text/javascript",
};

export interface StaticServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves folders under prefixes, on another origin than the product's, as an application's own pages are. */
export async function serveFolders(folders: Readonly<Record<string, string>>): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    const [prefix, folder] = Object.entries(folders).find(([it]) => path.startsWith(it)) ?? [];
    if (prefix === undefined || folder === undefined) {
      response.writeHead(404).end();
      return;
    }
    readFile(join(folder, path.slice(prefix.length))).then(
      (bytes) => response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(bytes),
      () => response.writeHead(404).end(), // source maps that a package does not ship
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The static server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
