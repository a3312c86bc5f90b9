import fc from "fast-check";
import semver from "semver";
import { expect, it } from "vitest";
import { parseVersion } from "./semver.ts";
import { isInRange, parseRange } from "./semver-range.ts";

const number = fc.oneof(fc.nat(3), fc.nat(12)).map(String);
const open = fc.array(fc.constantFrom("x", "X", "*"), { maxLength: 2 });
const prerelease = fc.constantFrom("", "", "", "-0", "-rc", "-rc.1", "-alpha.x-1", "-1.2", "-0a");
const build = fc.constantFrom("", "", "", "+build.5");
const whole = fc.tuple(number, number, number, prerelease, build).map(([a, b, c, pre, meta]) => `${a}.${b}.${c}${pre}${meta}`);
const partial = fc.oneof(
  whole,
  fc.tuple(fc.array(number, { maxLength: 2 }), open).map((parts) => parts.flat().slice(0, 3).join(".") || "*"),
  whole.map((version) => `v${version}`),
);
const operator = fc.constantFrom("", "", "^", "~", "~>", ">", "<", ">=", "<=", "=", "^ ", ">= ", "~ ");
const simple = fc.tuple(operator, partial).map((parts) => parts.join(""));
const list = fc.oneof(
  fc.array(simple, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" ")),
  fc.tuple(partial, partial).map(([low, high]) => `${low} - ${high}`),
);
const range = fc.array(list, { minLength: 1, maxLength: 3 }).map((lists) => lists.join(" || "));
/** Mostly no ranges at all. */
const damaged = fc
  .tuple(range, fc.nat(), fc.constantFrom(" ", "-", "1", ".", "|", "||", ">", "é", "01", ","))
  .map(([text, place, more]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + more + text.slice(at);
  });

it("holds for exactly the versions that npm's semver finds in the range", () => {
  fc.assert(
    fc.property(range, fc.array(whole, { minLength: 1, maxLength: 5 }), (text, versions) => {
      const parsed = parseRange(text);

      expect(parsed !== undefined).toBe(semver.validRange(text) !== null);
      for (const version of versions)
        if (parsed) expect(isInRange(parsed, parseVersion(version)!), version).toBe(semver.satisfies(version, text));
    }),
    { numRuns: 10_000 },
  );
});

it("takes nothing for a range that npm's semver refuses or understands otherwise", () => {
  fc.assert(
    fc.property(damaged, whole, (text, version) => {
      const parsed = parseRange(text);

      if (parsed) expect(isInRange(parsed, parseVersion(version)!)).toBe(semver.satisfies(version, text));
    }),
    { numRuns: 10_000 },
  );
});

it.each(["", " ", "latest", "1.2.3.4", "1.02", "^^1", ">=", "1.2 -1.4", "1.x-beta", "99999999999999999999", "1.2.3-a..b"])(
  "refuses %j",
  (text) => {
    expect(parseRange(text)).toBeUndefined();
  },
);
