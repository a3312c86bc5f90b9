import { expect, it } from "vitest";
import { formOf, OWN_VALUE, wishOf } from "./override-form.ts";
import type { Identity, Outcome } from "./reasons.ts";
import { answerText, reasonText } from "./reasons.ts";

const outcome = (given: Partial<Outcome> = {}): Outcome => ({
  flag: "hero",
  valueType: "string",
  enabled: true,
  value: "Hello",
  variant: null,
  reason: "DEFAULT",
  source: "environment",
  segment: null,
  weight: null,
  prerequisite: null,
  ...given,
});
const identity = (flagOverrides: Identity["flagOverrides"] = []): Identity => ({
  id: 1,
  identifier: "ada",
  createdAt: "2026-11-01T00:00:00.000Z",
  lastSeen: null,
  overrides: flagOverrides.length,
  traits: 0,
  traitValues: {},
  segments: [],
  outcomes: [],
  flagOverrides,
});

it("begins from the override there is, or else from the other way round", () => {
  const own = { id: 1, flag: "hero", enabled: false, value: "Ahoy", weights: [] };

  expect(formOf(identity([own]), outcome())).toEqual({ enabled: false, pick: OWN_VALUE, text: "Ahoy" });
  expect(formOf(identity(), outcome({ valueType: "boolean", value: null, enabled: true })).enabled).toBe(false);
  expect(formOf(identity(), outcome({ variant: "big" })).pick).toBe("big");
});

it("asks for the whole of one variant, or for a value without any", () => {
  expect(wishOf(outcome(), { enabled: true, pick: "big", text: "" })).toEqual({
    wish: { flag: "hero", enabled: true, weights: [{ variant: "big", weight: 100 }] },
  });
  expect(wishOf(outcome(), { enabled: true, pick: OWN_VALUE, text: "Ahoy" })).toEqual({
    wish: { flag: "hero", enabled: true, value: "Ahoy", weights: [] },
  });
});

it("asks for no value that is not written, or not in the flag's type", () => {
  const wish = (valueType: Outcome["valueType"], text: string) =>
    wishOf(outcome({ valueType }), { enabled: true, pick: OWN_VALUE, text });

  expect(wish("number", " 12.5 ")).toMatchObject({ wish: { value: 12.5 } });
  expect(wish("number", "many")).toEqual({ error: "Write a number, such as 50 or 0.82." });
  expect(wish("number", "")).toEqual({ error: "Write a value." });
  expect(wish("json", '{"a":1}')).toMatchObject({ wish: { value: { a: 1 } } });
  expect(wish("json", "{a")).toMatchObject({ error: expect.stringContaining("not JSON") as unknown });
  expect(wish("string", "")).toMatchObject({ wish: { value: "" } });
});

it.each<[Partial<Outcome>, string, string]>([
  [{ valueType: "boolean", value: true }, "On", "Like everyone"],
  [{ valueType: "boolean", value: false, enabled: false, reason: "DISABLED" }, "Off", "Off for everyone"],
  [{ source: "segment", segment: "Nordics", reason: "TARGETING_MATCH" }, "Hello", "In segment Nordics"],
  [{ source: "identity", reason: "TARGETING_MATCH" }, "Hello", "Set for this identity"],
  [{ variant: "big", weight: 30, reason: "SPLIT" }, "big: Hello", "Like everyone; fell to big, which 30 % get"],
  [{ enabled: false, reason: "DISABLED" }, "Off, would be Hello", "Off for everyone"],
])("says of %j what somebody gets and why", (given, answer, reason) => {
  expect(answerText(outcome(given))).toBe(answer);
  expect(reasonText(outcome(given))).toBe(reason);
});
