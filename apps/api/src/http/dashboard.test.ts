import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify from "fastify";
import { afterEach, beforeEach, expect, it } from "vitest";
import { registerDashboard } from "./dashboard.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "halyard-dashboard-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As a bundler does it: a page that names a script by a hash of its content. */
async function build(name: string) {
  await rm(join(folder, "assets"), { recursive: true, force: true });
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "assets", `${name}.js`), `say("${name}")`);
  await writeFile(join(folder, "index.html"), `<!doctype html><script src="/assets/${name}.js"></script>`);
}

async function start() {
  const http = fastify();
  await http.register((scope) => registerDashboard(scope, [join(folder, "elsewhere"), folder]));
  const open = (url: string, accept = "text/html") => http.inject({ url, headers: { accept } });
  return { open };
}

it("serves a build that is made or replaced while it runs", async () => {
  const { open } = await start();
  expect(await open("/")).toMatchObject({ statusCode: 503, body: expect.stringContaining("not built yet") as string });

  for (const name of ["first", "second"]) {
    await build(name);

    expect((await open("/acme/shop/production/flags")).body).toContain(`/assets/${name}.js`);
    expect(await open(`/assets/${name}.js`, "*/*")).toMatchObject({ statusCode: 200, body: `say("${name}")` });
  }
  expect((await open("/assets/first.js", "*/*")).statusCode).toBe(404);
});

it("lets what is named by its content be kept for ever, and nothing else", async () => {
  await build("first");
  const { open } = await start();

  expect((await open("/assets/first.js", "*/*")).headers["cache-control"]).toContain("immutable");
  expect((await open("/")).headers["cache-control"]).toBe("no-cache");
  expect((await open("/acme")).headers["cache-control"]).toBe("no-cache");
  expect((await open("/assets/gone.js", "*/*")).headers["cache-control"]).toBeUndefined();
});

it("gives nothing outside its folder", async () => {
  await build("first");
  await writeFile(join(folder, "..", "halyard-secret.txt"), "secret");
  const { open } = await start();

  const urls = ["/../halyard-secret.txt", "/..%2fhalyard-secret.txt", "/assets/..%2f..%2fhalyard-secret.txt"];
  const bodies = await Promise.all(urls.map(async (url) => (await open(url, "*/*")).body));
  await rm(join(folder, "..", "halyard-secret.txt"));

  for (const body of bodies) expect(body).not.toBe("secret");
});
