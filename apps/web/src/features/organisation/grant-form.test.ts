import { expect, it } from "vitest";
import { EMPTY_GRANT, grantOf } from "./grant-form.ts";

it("names one subject, one role and the place", () => {
  expect(grantOf("acme", { ...EMPTY_GRANT, subject: "member:u1:x" })).toEqual({
    organisation: "acme",
    member: "u1:x",
    role: "editor",
  });
  expect(
    grantOf("acme", { subject: "group:7", role: "custom:3", project: "shop", environment: "staging", tags: ["beta"] }),
  ).toEqual({ organisation: "acme", group: 7, customRole: 3, project: "shop", environment: "staging", tags: ["beta"] });
  expect(grantOf("acme", { ...EMPTY_GRANT, subject: "apiKey:9", project: "shop" })).toEqual({
    organisation: "acme",
    apiKey: 9,
    role: "editor",
    project: "shop",
  });
});
