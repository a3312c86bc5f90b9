import fc from "fast-check";
import semver from "semver";
import { expect, it } from "vitest";
import { compareVersions, parseVersion } from "./semver.ts";

const number = fc.oneof(fc.nat(12).map(String), fc.constantFrom("00", "01", "9007199254740991"));
const identifier = fc.oneof(number, fc.constantFrom("rc", "alpha", "x-1", "-", "0a", ""));
const version = fc
  .tuple(
    fc.array(number, { minLength: 2, maxLength: 4 }),
    fc.array(identifier, { maxLength: 3 }),
    fc.array(identifier, { maxLength: 2 }),
  )
  .map(
    ([core, pre, build]) =>
      core.join(".") + (pre.length > 0 ? `-${pre.join(".")}` : "") + (build.length > 0 ? `+${build.join(".")}` : ""),
  );

it("accepts what npm's semver accepts and orders it alike", () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      const [mine, theirs] = [parseVersion(a), parseVersion(b)];

      expect(mine !== undefined).toBe(semver.valid(a) !== null);
      if (mine && theirs) expect(Math.sign(compareVersions(mine, theirs))).toBe(semver.compare(a, b));
    }),
    { numRuns: 5_000 },
  );
});

it("orders numbers that no double can hold", () => {
  const order = compareVersions(parseVersion("1.0.99999999999999999998")!, parseVersion("1.0.99999999999999999999")!);

  expect(order).toBeLessThan(0);
});

it.each([
  "v1.2.3",
  "=1.2.3",
  " 1.2.3",
  "1.2.3 ",
  "1.2",
  "1.2.3.4",
  "1.2.3-",
  "1.2.3+",
  "1.2.3-a..b",
  "1.2.3-é",
  "1.2.03",
  "",
  "1.2.3\n",
])("refuses %j", (text) => {
  expect(parseVersion(text)).toBeUndefined();
});
