import { compile, evaluateAll, type Flag, type Snapshot } from "@halyard/evaluator";
import { expect, it } from "vitest";
import { defaultText, outcomeText, shapeFor } from "./flag-object.ts";

const state = { enabled: true, value: "plain", variants: [], seed: "41" };
const flag: Flag = {
  ...state,
  id: 7,
  key: "checkout",
  valueType: "string",
  serverOnly: false,
  overrides: [{ ...state, id: 3, seed: "77", value: "special", segmentId: 5, priority: 0 }],
  metadata: { description: "The new one", createdAt: "2026-01-05T10:00:00.000Z", defaultEnabled: true, defaultValue: 12 },
};
const snapshot: Snapshot = {
  environment: {
    id: 3,
    name: "Production",
    bucketingKey: "key",
    project: { id: 1, name: "Shop" },
    organisation: { id: 1, name: "Acme" },
    hideDisabledFlags: false,
    allowClientTraits: true,
    hideSensitiveData: false,
  },
  flags: [flag],
  segments: [
    {
      id: 5,
      key: "vip",
      name: "Very important",
      seed: "5",
      rules: [{ type: "ALL", rules: [], conditions: [{ operator: "EQUAL", property: "plan", value: "pro" }] }],
    },
  ],
};
const server = shapeFor("server", { hideSensitiveData: false });
const client = shapeFor("client", { hideSensitiveData: false });
const parse = (text: string): unknown => JSON.parse(text);
const outcome = (compiled = compile(snapshot)) =>
  evaluateAll(compiled, { targetingKey: "ada", attributes: { plan: "pro" } }).get("checkout")!;

it("tells a server everything of a flag, with integers where clients decode integers", () => {
  expect(parse(defaultText(server, 3, { flag, enabled: flag.enabled }))).toEqual({
    id: 41,
    feature: {
      id: 7,
      name: "checkout",
      type: "STANDARD",
      created_date: "2026-01-05T10:00:00.000Z",
      description: "The new one",
      initial_value: "12",
      default_enabled: true,
      reason: "DEFAULT",
    },
    feature_state_value: "plain",
    environment: 3,
    identity: null,
    feature_segment: null,
    enabled: true,
    reason: "DEFAULT",
  });
});

it("tells a public key neither ids, descriptions and defaults nor the names of segments", () => {
  const text = outcomeText(client, 3, { flag, outcome: outcome() });

  expect(parse(text)).toMatchObject({
    id: null,
    environment: null,
    feature: { created_date: null, description: null, initial_value: null, default_enabled: null, reason: "TARGETING_MATCH" },
    feature_state_value: "special",
    reason: "TARGETING_MATCH",
  });
  expect(text).not.toContain("Very important");
});

it("names the segment to a server, also where the environment hides sensitive data", () => {
  const reduced = shapeFor("server", { hideSensitiveData: true });

  expect(parse(outcomeText(server, 3, { flag, outcome: outcome() }))).toMatchObject({
    id: 41,
    reason: "TARGETING_MATCH; segment=Very important",
  });
  expect(parse(outcomeText(reduced, 3, { flag, outcome: outcome() }))).toMatchObject({
    id: null,
    reason: "TARGETING_MATCH; segment=Very important",
  });
});

it("names variant and weight of a split, and control where none was hit", () => {
  const splitting = (weight: number): Flag => ({
    ...flag,
    overrides: [],
    variants: [{ id: 9, key: "blue", value: "#00f", weight }],
  });
  const read = (given: Flag) =>
    parse(outcomeText(server, 3, { flag: given, outcome: outcome(compile({ ...snapshot, flags: [given] })) }));

  expect(read(splitting(100))).toMatchObject({
    variant: "blue",
    feature_state_value: "#00f",
    reason: "SPLIT; weight=100",
    feature: { type: "MULTIVARIATE" },
  });
  expect(read(splitting(0))).toMatchObject({ variant: "control", feature_state_value: "plain", reason: "DEFAULT" });
  expect(read({ ...flag, overrides: [] })).toMatchObject({ variant: null, feature: { type: "STANDARD" } });
});

it("writes an outcome anew where only the flag's description changed", () => {
  const compiled = compile(snapshot);
  const described = { ...flag, metadata: { ...flag.metadata, description: "Other words" } };

  outcomeText(server, 3, { flag, outcome: outcome(compiled) });

  expect(outcomeText(server, 3, { flag: described, outcome: outcome(compiled) })).toContain("Other words");
});
