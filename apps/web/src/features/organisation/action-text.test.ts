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
  expect(subjectText("identity:a@b.c, flag:x:y")).toBe("a@b.c, x:y");
});

it("says that the system did what nobody did", () => {
  expect(actorText("system:first start")).toBe("Halyard, first start");
  expect(actorText("Ada")).toBe("Ada");
});
