import { expect, it } from "vitest";
import { refusalSentence } from "./permissions.ts";

it("says what is not allowed and who can grant it, without what the sentence explains besides", () => {
  expect(refusalSentence("CREATE_PROJECT", ["Ada", "Mel", "Zoe", "Kim"])).toBe(
    "You may not make projects; ask Ada, Mel, or Zoe.",
  );
  expect(refusalSentence("VIEW_ORGANISATION", [])).toBe("You may not see the organisation; ask an owner.");
});
