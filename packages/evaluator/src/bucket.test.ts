import fc from "fast-check";
import { expect, it } from "vitest";
import { getHashedPercentageForObjIds } from "../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/utils/hashing/index.js";
import { bucket } from "./index.ts";

it.each([
  [["1", "1"], 84.97699539907981],
  [["12", "93"], 27.655531106221243],
  [["78986", "32103813"], 49.27985597119424],
  [["10", "env_key_user-1"], 98.9497899579916],
  [["abc", "def"], 55.611122224444884],
  [["flag-1", "ключ"], 53.13062612522504],
  [["34", "53"], 93.29865973194639],
  [["40", "26"], 90.99819963992799],
  [["65", "144"], 3.280656131226245],
])("puts %j at %d percent, as Flagsmith does", (ids, percent) => {
  expect(bucket(ids)).toBe(percent);
});

it("puts any ids where Flagsmith's own engine puts them", () => {
  // Lone surrogates too: Node's hash turns them into U+FFFD as well.
  const id = fc.oneof(fc.string({ unit: "binary", maxLength: 90 }), fc.nat().map(String));
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 3 }), (ids) => {
      expect(bucket(ids)).toBe(getHashedPercentageForObjIds(ids));
    }),
    { numRuns: 5_000 },
  );
  for (const broken of ["\ud800", "a\udc00b", "\ud800\ud800\udc00"])
    expect(bucket([broken])).toBe(getHashedPercentageForObjIds([broken]));
});
