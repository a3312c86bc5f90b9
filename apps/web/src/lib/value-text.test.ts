import fc from "fast-check";
import { expect, it } from "vitest";
import { parseText, toText } from "./value-text.ts";

it("reads back every JSON value it writes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (given) => {
      const value = JSON.parse(JSON.stringify(given)) as never;

      expect(parseText("json", toText("json", value))).toEqual({ value });
    }),
  );
});

it("reads back every text and number it writes", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.double({ noNaN: true, noDefaultInfinity: true }), (text, number) => {
      expect(parseText("string", toText("string", text))).toEqual({ value: text });
      expect(parseText("number", toText("number", number))).toEqual({ value: JSON.parse(JSON.stringify(number)) as number });
    }),
  );
});

it("says where JSON breaks", () => {
  expect(parseText("json", '{\n  "a": 1,\n  b: 2\n}').error).toBe("This is not JSON: look at line 3, column 3.");
});

it("tells an emptied text from no text", () => {
  expect(parseText("string", "", "before")).toEqual({ value: "" });
  expect(parseText("string", "", null)).toEqual({ value: null });
});

it("takes no words for a number", () => {
  expect(parseText("number", "fifty").error).toBeDefined();
});
