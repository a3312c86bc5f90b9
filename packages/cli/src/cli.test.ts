import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { makeApiKey } from "./key.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const tsx = fileURLToPath(new URL("../../../node_modules/.bin/tsx", import.meta.url));

async function halyard(...words: string[]) {
  const child = spawn(tsx, ["src/main.ts", ...words], { cwd: folder, env: { PATH: process.env["PATH"] } });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code: child.exitCode, out, err };
}

function fileOf(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "halyard-cli-")), "flags.json");
  writeFileSync(file, content);
  return file;
}

const AT = ["--project", "acme/shop", "--api-key", "hal_x"];

it("says in one line that no server answers, and fails", async () => {
  const { code, err } = await halyard("import", fileOf("[]"), ...AT, "--url", "http://127.0.0.1:9");

  expect(code).toBe(1);
  expect(err).toMatch(/^http:\/\/127\.0\.0\.1:9 does not answer\. Is Halyard running there\? \(.+\)\n$/);
});

it("names a file that is missing, is not JSON, and a project that is not a place", async () => {
  expect((await halyard("import", "/nowhere.json", ...AT)).err).toBe("There is no file /nowhere.json that can be read.\n");
  expect((await halyard("import", fileOf("{"), ...AT)).err).toContain("is not JSON");
  expect((await halyard("import", fileOf("[]"), "--project", "shop", "--api-key", "x")).err).toContain(
    "<organisation>/<project>",
  );
});

it("shows the server's refusal with its fields", async () => {
  const server = createServer((_request, response) => {
    response.writeHead(400, { "content-type": "application/json" });
    response.end(
      JSON.stringify({ code: "invalid", message: "The file is wrong.", fields: [{ path: "data.0.name", message: "missing" }] }),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const { code, err } = await halyard("import", fileOf("[]"), ...AT, "--url", `http://127.0.0.1:${port}`);

  server.close();
  expect(code).toBe(1);
  expect(err).toBe("Refused (400): The file is wrong.\n  data.0.name: missing\n");
});

it("makes API keys of the form the server takes, each another", () => {
  const keys = new Set(Array.from({ length: 1_000 }, makeApiKey));

  expect(keys.size).toBe(1_000);
  for (const key of keys) expect(key).toMatch(/^hal_[a-z0-9]{12}_[A-Za-z0-9]{43}_[0-9a-f]{8}$/);
});

it("lists its commands", () => {
  const { stdout } = spawnSync(tsx, ["src/main.ts", "--help"], { cwd: folder, encoding: "utf8" });

  expect(stdout).toContain("import");
  expect(stdout).toContain("key");
});
