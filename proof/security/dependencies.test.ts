import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}
const { packages } = read("../../package-lock.json") as { readonly packages: Readonly<Record<string, Entry>> };
const floors = read("./floors.json") as Readonly<Record<string, { readonly floor: string }>>;
const { allowScripts } = read("../../package.json") as { readonly allowScripts: Readonly<Record<string, boolean>> };

/** What comes from the registry; the rest are our own workspaces. */
const installed = Object.entries(packages).flatMap(([path, found]) => {
  const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
  return name === undefined || found.link ? [] : [{ path, name, ...found }];
});

const isAtLeast = (version: string, floor: string): boolean => {
  const [have, need] = [version, floor].map((it) => (it.split("-")[0] ?? "").split(".").map(Number));
  for (const [index, part] of (need ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  // A pre-release comes before its version.
  return !version.includes("-");
};

describe("S-DEP-1", () => {
  it.each(Object.entries(floors))("%s is nowhere below the version that mended what is known", (name, { floor }) => {
    const found = installed.filter((it) => it.name === name);

    expect(found).not.toEqual([]);
    expect(found.filter((it) => !isAtLeast(it.version ?? "0", floor)).map((it) => `${it.path} ${it.version}`)).toEqual([]);
  });

  it("compares versions as numbers", () => {
    expect(["1.10.0", "1.9.1", "2.0.0"].map((it) => isAtLeast(it, "1.9.1"))).toEqual([true, true, true]);
    expect(["1.9.0", "1.8.22", "0.99.0", "1.9.1-rc.1"].map((it) => isAtLeast(it, "1.9.1"))).toEqual([false, false, false, false]);
  });
});

it("S-DEP-2: only packages that are named run a script when they are installed", () => {
  const running = installed.filter((it) => it.hasInstallScript).map((it) => it.name);

  expect([...new Set(running)]).toEqual(Object.keys(allowScripts).filter((name) => allowScripts[name]));
});

/** Builds for other machines, which npm does not fetch, and therefore knows no hash of. */
const isForAnotherMachine = (name: string): boolean =>
  /(android|darwin|win32|windows|freebsd|netbsd|openbsd|sunos|aix|openharmony|musl|wasm32|fsevents)|[-/]linux-/.test(name);

it("S-DEP-3: every package comes from npm's registry, with its hash", () => {
  const elsewhere = installed.filter((it) => it.resolved !== undefined && !it.resolved.startsWith("https://registry.npmjs.org/"));
  const bare = installed.filter((it) => it.integrity === undefined && !it.inBundle);

  expect(elsewhere.map((it) => it.path)).toEqual([]);
  expect(bare.filter((it) => !(it.optional && isForAnotherMachine(it.name))).map((it) => it.path)).toEqual([]);
});
