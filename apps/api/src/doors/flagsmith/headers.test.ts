import { expect, it } from "vitest";
import { isSameTag } from "../shared/tags.ts";
import { isUnchangedSince, preflight, seconds, takesGzip } from "./headers.ts";

it.each([
  [undefined, false],
  ['"abc"', true],
  ['W/"abc"', true],
  ['"x", W/"abc"', true],
  ["*", true],
  ['"abcd"', false],
  ["abc", false],
  ["", false],
])("of the tag %j says that it is ours: %j", (asked, same) => {
  expect(isSameTag(asked, '"abc"')).toBe(same);
  expect(isSameTag(asked, 'W/"abc"')).toBe(same);
});

it.each([
  ["Fri, 21 Aug 2026 16:44:17 GMT", true],
  ["Fri, 21 Aug 2026 16:44:18 GMT", true],
  ["Fri, 21 Aug 2026 16:44:16 GMT", false],
  ["yesterday", false],
  [undefined, false],
])("since %j there is nothing new: %j", (since, unchanged) => {
  expect(isUnchangedSince(since, new Date("2026-08-21T16:44:17.900Z"))).toBe(unchanged);
});

it.each([
  ["gzip", true],
  ["br, gzip;q=0.5", true],
  ["gzip;q=0.01", true],
  ["gzip;q=0, br", false],
  ["gzip; q=0.0", false],
  ["br", false],
  [undefined, false],
])("of %j says that gzip is welcome: %j", (accepted, welcome) => {
  expect(takesGzip(accepted)).toBe(welcome);
});

it("writes a moment as seconds that are a number with its milliseconds", () => {
  expect(seconds(new Date(1_724_257_457_120))).toBe("1724257457.120");
});

it("allows a page the headers it asks for beside those of the SDKs", () => {
  expect(preflight("x-custom")["Access-Control-Allow-Headers"]).toMatch(
    /X-Environment-Key.*Flagsmith-SDK-User-Agent.*, x-custom$/,
  );
});
