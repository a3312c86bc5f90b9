import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Node adds these to every answer by itself. */
const OWN_HEADERS = new Set(["connection", "date", "keep-alive", "transfer-encoding"]);

/** What runs on a database before each answer. */
export interface Statement {
  readonly url: string;
  /** `$1` is the request's identifier, `$2` a number that differs each time, as text. */
  readonly text: string;
}

/** A `node:http` server in a process of its own that reads requests and answers everything with the bytes of another server's answer. */
export async function startBareServer(original: Response, statement?: Statement) {
  const child = spawn(process.execPath, [fileURLToPath(new URL("bare-server.mjs", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const headers = [...original.headers].filter(([name]) => !OWN_HEADERS.has(name)).flat();
  const body = Buffer.from(await original.arrayBuffer()).toString("base64");
  child.stdin.end(JSON.stringify({ status: original.status, headers, body, statement: statement?.text, url: statement?.url }));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { pid: child.pid ?? 0, url: line.toString().trim(), stop: () => child.kill() };
}
