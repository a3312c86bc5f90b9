import { expect, it } from "vitest";
import { placeText, standingText } from "./grant-text.ts";

const GRANT = {
  id: 1,
  subject: { kind: "group", id: "7", name: "Backend" },
  role: "editor",
  customRole: null,
  project: "shop",
  environment: "staging",
  tags: null,
  createdAt: "2026-11-01T00:00:00.000Z",
} as const;
const GROUP = {
  id: 7,
  name: "Backend",
  description: "",
  externalId: null,
  isDefault: false,
  members: [{ userId: "u1", name: "Mel" }],
  createdAt: "2026-11-01T00:00:00.000Z",
};

it("says what somebody holds by a group, and nothing of groups they are not in", () => {
  const toggler = {
    ...GRANT,
    subject: { kind: "member", id: "u1", name: "Mel" },
    role: null,
    customRole: { id: 3, name: "Toggler" },
  } as const;

  expect(standingText("u1", [GROUP], [GRANT, toggler])).toEqual([
    "Editor in shop · staging by Backend",
    "Toggler in shop · staging",
  ]);
  expect(standingText("u2", [GROUP], [GRANT, toggler])).toEqual([]);
});

it("does not take a member for a group whose number is the same", () => {
  expect(standingText("u1", [GROUP], [{ ...GRANT, subject: { kind: "api-key", id: "7", name: "bot" } }])).toEqual([]);
});

it("says where a grant holds, and that deleted tags still limit it", () => {
  expect(placeText({ project: null, environment: null, tags: null })).toBe("the whole organisation");
  expect(placeText({ project: "shop", environment: null, tags: ["beta", "ui"] })).toBe("shop, for flags tagged beta and ui");
  expect(placeText({ project: "shop", environment: null, tags: [] })).toBe("shop, for flags tagged with tags that were deleted");
});
