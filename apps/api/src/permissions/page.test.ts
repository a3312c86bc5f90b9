import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { permissionsPage } from "./page.ts";

it("keeps docs/permissions.md equal to the permissions", () => {
  const file = new URL("../../../../docs/permissions.md", import.meta.url);

  expect(readFileSync(file, "utf8")).toBe(permissionsPage());
});
