import { expect, it } from "vitest";
import { footSentence } from "./foot-sentence.ts";

const quiet = { version: 812, streaming: 0, confirmed: 0, polling: 0 };

it.each([
  [quiet, "no client connected"],
  [{ ...quiet, uncounted: true }, "live"],
  [{ ...quiet, streaming: 1, confirmed: 1 }, "1 client · all have it"],
  [{ ...quiet, streaming: 34, confirmed: 34 }, "34 clients · all have it"],
  [{ ...quiet, streaming: 34, confirmed: 26 }, "34 clients · 26 have it"],
  [{ ...quiet, streaming: 12, confirmed: 12, polling: 22, pollSeconds: 60 }, "12 of 12 confirmed · ≈ 22 poll, next ≤ 60 s"],
  [{ ...quiet, polling: 2_200 }, "≈ 2,200 poll"],
  [{ ...quiet, streaming: 34, confirmed: 34, staleSince: "14:05" }, "no connection, showing 14:05"],
])("says %j as “%s”", (state, sentence) => {
  expect(footSentence(state).join(" · ")).toBe(sentence);
});

it("never counts a client that polls as having it", () => {
  expect(footSentence({ ...quiet, streaming: 5, confirmed: 5, polling: 1 }).join()).not.toContain("all");
});
