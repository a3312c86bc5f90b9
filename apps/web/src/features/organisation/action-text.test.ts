import { expect, it } from "vitest";
import { actionText, actorText, subjectText } from "./action-text.ts";

it.each([
  ["flag.created", "made the flag"],
  ["identity-override.set", "set the identity override"],
  ["import", "imported"],
  ["project.exported-to", "exported to: project"],
])("reads %s as “%s”", (action, text) => {
  expect(actionText(action)).toBe(text);
});

it("names every subject of one event without its kind", () => {
  expect(subjectText("identity:a@b.c, flag:x:y", "production")).toBe("a@b.c, x:y");
});

it("calls an environment by its name, and leaves it out where another thing is meant", () => {
  expect(subjectText("environment", "production")).toBe("production");
  expect(subjectText("environment:staging", null)).toBe("staging");
  expect(subjectText("key:Default, environment", "production")).toBe("Default");
});

it("says that the system did what nobody did", () => {
  expect(actorText("system:first start")).toBe("Halyard, first start");
  expect(actorText("Ada")).toBe("Ada");
});
