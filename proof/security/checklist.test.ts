import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CHECKLIST } from "./checklist.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Ids that stand in titles of tests, or of groups of them. */
function idsIn(file: string): string[] {
  const titles = readFileSync(join(root, file), "utf8").matchAll(
    /\b(?:it|test|describe)(?:\.\w+)*\(\s*(?:[^"'`\n]*\)\(\s*)?(["'`])(.*?)\1/g,
  );
  return [...titles].flatMap(([, , title = ""]) => title.match(/S-[A-Z0-9]+-\d+/g) ?? []);
}

const tests = ["apps/api/src", "packages", "proof"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !/(^|\/)(node_modules|dist)\//.test(file))
    .map((file) => `${folder}/${file}`),
);

const shown = Object.entries(CHECKLIST).flatMap(([id, place]) => ("shownBy" in place ? [[id, place.shownBy] as const] : []));

describe("the checklist", () => {
  it.each(shown)("%s is shown by a test in %s", (id, file) => {
    expect(idsIn(file)).toContain(id);
  });

  it("knows every id that a test names, and calls none missing that is there", () => {
    const open = tests.flatMap((file) =>
      idsIn(file).filter((id) => {
        const place = CHECKLIST[id];
        return place === undefined || "notYet" in place;
      }),
    );

    expect(open).toEqual([]);
  });
});
