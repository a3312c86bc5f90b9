import { expect, it } from "vitest";
import { refuse, serve } from "../testing/network.ts";
import { safeNext, whereToEnter } from "./session.ts";

it.each([
  ["/shop/web/production/flags?q=a", "/shop/web/production/flags?q=a"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  [undefined, "/"],
])("leads from sign-in to an address of this site only: %s", (next, path) => {
  expect(safeNext(next)).toBe(path);
});

it("sends the first visitor of a new server to set it up", async () => {
  serve({ "setup.status": () => ({ needed: true }) });

  expect(await whereToEnter("/")).toBe("/~/setup");
});

it("remembers where somebody wanted to go", async () => {
  serve({ "setup.status": () => ({ needed: false }) });

  expect(await whereToEnter("/shop/web/production/flags?q=a")).toBe("/~/sign-in?next=%2Fshop%2Fweb%2Fproduction%2Fflags%3Fq%3Da");
});

it("lets somebody sign in while set-up cannot be asked about", async () => {
  serve({ "setup.status": () => refuse({ code: "unavailable", message: "Away." }) });

  expect(await whereToEnter("/")).toBe("/~/sign-in");
});
