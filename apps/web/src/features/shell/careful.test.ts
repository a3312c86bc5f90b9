import { expect, it } from "vitest";
import { isAnyCareful, isCareful, reachWords } from "./careful.ts";

const development = { name: "Development", safety: "free" } as const;
const staging = { name: "Staging", safety: "free" } as const;
const production = { name: "Production", safety: "confirm" } as const;

it("is careful of what it does not know yet", () => {
  expect([isCareful(undefined), isAnyCareful([])]).toEqual([true, true]);
  expect([isCareful(staging), isAnyCareful([development, staging]), isAnyCareful([staging, production])]).toEqual([
    false,
    false,
    true,
  ]);
});

it("says how far a write reaches, and names the careful environments in it", () => {
  expect(reachWords([development, staging, production])).toBe("3 environments, Production among them");
  expect(reachWords([production])).toBe("Production");
  expect(reachWords([development, staging])).toBe("2 environments");
});
