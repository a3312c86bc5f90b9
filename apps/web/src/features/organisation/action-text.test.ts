import { expect, it } from "vitest";
import { actionText, actorText, subjectText } from "./action-text.ts";

it.each([
  ["flag.created", "made the flag"],
  ["identity-override.set", "set the identity override"],
  ["import", "imported"],
  ["sign-in.succeeded", "signed in"],
  ["access.denied", "was refused:"],
  ["project.exported-to", "exported to: project"],
])("reads %s as “%s”", (action, text) => {
  expect(actionText(action)).toBe(text);
});

it("names every subject of one event without its kind", () => {
  expect(subjectText({ subject: "identity:a@b.c, flag:x:y", environment: "production", actorRef: "user:1" })).toBe("a@b.c, x:y");
});

it("calls an environment by its name, and leaves it out where another thing is meant", () => {
  expect(subjectText({ subject: "environment", environment: "production", actorRef: "user:1" })).toBe("production");
  expect(subjectText({ subject: "environment:staging", environment: null, actorRef: "user:1" })).toBe("staging");
  expect(subjectText({ subject: "key:Default, environment", environment: "production", actorRef: "user:1" })).toBe("Default");
});

it("does not name somebody twice who acted on themselves", () => {
  expect(subjectText({ subject: "user:1", environment: null, actorRef: "user:1" })).toBe("");
});

it("says that the system did what nobody did", () => {
  expect(actorText("system:first start")).toBe("Halyard, first start");
  expect(actorText("Ada")).toBe("Ada");
});
