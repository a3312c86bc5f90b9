import { expect, it } from "vitest";
import type { Revision } from "./revision-sentence.ts";
import { actorName, fieldName, fieldValue, revisionSentence } from "./revision-sentence.ts";

const revision = (given: Partial<Revision>): Revision => ({
  version: 12,
  kind: "flag.state",
  subjects: ["flag:new-checkout"],
  actor: "Mel",
  comment: null,
  at: "2026-11-20T00:00:00.000Z",
  hash: "",
  changes: [],
  ...given,
});
const change = (path: string, before: string | number | boolean | null, after: string | number | boolean | null) => ({
  subject: "flag:new-checkout",
  path,
  before,
  after,
});

it.each<[string, Partial<Revision>]>([
  ["turned on new-checkout", { changes: [change("enabled", false, true)] }],
  ["turned off new-checkout", { changes: [change("enabled", true, false)] }],
  ["changed new-checkout from 50 to 60", { changes: [change("value", 50, 60)] }],
  ["changed the shares of new-checkout", { changes: [change("variants.a.weight", 0, 20)] }],
  [
    "gave staff a rule of its own in new-checkout",
    { kind: "override.set", subjects: ["flag:new-checkout", "segment:staff"], changes: [change("overrides.staff", null, true)] },
  ],
  [
    "turned new-checkout off for staff",
    {
      kind: "override.set",
      subjects: ["flag:new-checkout", "segment:staff"],
      changes: [change("overrides.staff.enabled", true, false)],
    },
  ],
  ["made the key Checkout service", { kind: "key.created", subjects: ["key:Checkout service"] }],
  ["rotated a key", { kind: "key.rotated", subjects: [] }],
  ["revoked a key", { kind: "key.revoked", subjects: [] }],
  [
    "renamed the environment to “Live” and hid flags that are off from clients",
    {
      kind: "environment.updated",
      subjects: ["environment"],
      changes: [
        { subject: "environment", path: "name", before: "Production", after: "Live" },
        { subject: "environment", path: "hideDisabledFlags", before: false, after: true },
      ],
    },
  ],
  ["changed the environment’s settings", { kind: "environment.updated", subjects: ["environment"] }],
  ["imported 2 things", { kind: "import", subjects: ["flag:a", "flag:b"] }],
])("says “%s”", (sentence, given) => {
  expect(revisionSentence(revision(given))).toBe(sentence);
});

it("names the product's own acts without its prefix", () => {
  expect(actorName("system:first start")).toBe("First start");
  expect(actorName("Ada")).toBe("Ada");
});

it.each([
  ["enabled", "state"],
  ["overrides.staff.value", "rule for staff · value"],
  ["variants.a.weight", "variant a · share"],
  ["", "everything"],
])("calls the field %j “%s”", (path, name) => {
  expect(fieldName(path)).toBe(name);
});

it("shows a state as on or off and nothing as none", () => {
  expect(fieldValue({ path: "overrides.staff.enabled" }, true)).toBe("on");
  expect(fieldValue({ path: "value" }, null)).toBe("none");
});
