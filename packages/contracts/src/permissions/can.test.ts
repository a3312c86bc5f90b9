import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { can, covers, type Grant, type Place } from "./can.ts";
import { ALL_PERMISSIONS, definitionOf, type Permission } from "./permissions.ts";
import { ROLE_PERMISSIONS, ROLES, withViews } from "./roles.ts";

const id = fc.integer({ min: 1, max: 3 });
const place: fc.Arbitrary<Place> = fc.oneof(
  fc.record({ organisation: id }),
  fc.record({ organisation: id, project: id }),
  fc.record({ organisation: id, project: id, environment: id }),
);
const permission = fc.constantFrom(...ALL_PERMISSIONS);
const tags = fc.array(id, { maxLength: 3 });
const grant: fc.Arbitrary<Grant> = fc.record({
  place,
  permissions: fc.oneof(
    fc.constantFrom(...ROLES).map((role) => ROLE_PERMISSIONS[role]),
    fc.array(permission, { maxLength: 4 }).map(withViews),
  ),
  tags: fc.option(tags),
});
const grants = fc.array(grant, { maxLength: 4 });
const target = fc.tuple(place, fc.option(tags, { nil: undefined })).map(([at, tags]) => ({ ...at, tags }));
const isView = (it: Permission) => it === "VIEW_PROJECT" || it === "VIEW_ORGANISATION";

describe("can", () => {
  it("says no to whoever holds nothing", () => {
    fc.assert(
      fc.property(permission, target, (it, at) => {
        expect(can([], it, at)).toBe(false);
      }),
    );
  });

  it("never crosses from one organisation to another", () => {
    fc.assert(
      fc.property(grants, permission, target, (held, it, at) => {
        const others = held.filter((grant) => grant.place.organisation !== at.organisation);

        expect(can(others, it, at)).toBe(false);
      }),
    );
  });

  it("never takes anything away by another grant, and needs at least one that gives it by itself", () => {
    fc.assert(
      fc.property(fc.record({ held: grants, more: grant, it: permission, at: target }), ({ held, more, it, at }) => {
        if (can(held, it, at)) expect(can([...held, more], it, at)).toBe(true);
        expect(can(held, it, at)).toBe(held.some((one) => can([one], it, at)));
      }),
    );
  });

  it("holds inside whatever it holds for", () => {
    fc.assert(
      fc.property(fc.record({ held: grants, it: permission, outer: place, inner: place }), ({ held, it, outer, inner }) => {
        if (isView(it) || !covers(outer, inner) || !can(held, it, outer)) return;

        expect(can(held, it, inner)).toBe(true);
      }),
    );
  });

  it("is never wider with a limit than without: a place, or tags", () => {
    fc.assert(
      fc.property(fc.record({ it: grant, wanted: permission, at: target, project: id }), ({ it, wanted, at, project }) => {
        const narrower: Grant = { ...it, place: { organisation: it.place.organisation, project } };
        const tagged: Grant = { ...it, tags: [1] };
        const whole: Grant = { ...it, place: { organisation: it.place.organisation }, tags: null };

        if (can([narrower], wanted, at) || can([tagged], wanted, at)) expect(can([whole], wanted, at)).toBe(true);
      }),
    );
  });

  it("gives by tag only for a flag that has one of the tags, and all else without regard to them", () => {
    const limited: Grant = { place: { organisation: 1 }, permissions: ROLE_PERMISSIONS.editor, tags: [1, 2] };
    const at = (tags?: number[]) => ({ organisation: 1, project: 1, environment: 1, tags });

    expect(can([limited], "UPDATE_FEATURE_STATE", at([2, 3]))).toBe(true);
    expect(can([limited], "UPDATE_FEATURE_STATE", at([3]))).toBe(false);
    expect(can([limited], "UPDATE_FEATURE_STATE", at([]))).toBe(false);
    expect(can([limited], "UPDATE_FEATURE_STATE", at())).toBe(false);
    expect(can([{ ...limited, tags: [] }], "UPDATE_FEATURE_STATE", at([1]))).toBe(false);
    expect(can([limited], "MANAGE_IDENTITIES", at())).toBe(true);
  });

  it("lets whoever has a part in an environment see its project and organisation, and nothing beside it", () => {
    const held: Grant[] = [
      { place: { organisation: 1, project: 1, environment: 1 }, permissions: withViews(["UPDATE_FEATURE_STATE"]), tags: null },
    ];

    expect(can(held, "VIEW_ORGANISATION", { organisation: 1 })).toBe(true);
    expect(can(held, "VIEW_PROJECT", { organisation: 1, project: 1 })).toBe(true);
    expect(can(held, "VIEW_ENVIRONMENT", { organisation: 1, project: 1, environment: 1 })).toBe(true);
    expect(can(held, "VIEW_ENVIRONMENT", { organisation: 1, project: 1, environment: 2 })).toBe(false);
    expect(can(held, "UPDATE_FEATURE_STATE", { organisation: 1, project: 1 })).toBe(false);
    expect(can(held, "VIEW_PROJECT", { organisation: 1, project: 2 })).toBe(false);
  });
});

describe("built-in roles", () => {
  it("hold all that weaker ones hold, and the owner everything", () => {
    for (const [index, role] of ROLES.entries()) {
      for (const weaker of ROLES.slice(index + 1)) {
        expect([...ROLE_PERMISSIONS[weaker]].filter((it) => !ROLE_PERMISSIONS[role].has(it))).toEqual([]);
      }
    }
    expect(ROLE_PERMISSIONS.owner.size).toBe(ALL_PERMISSIONS.length);
  });

  it("see what they change", () => {
    for (const role of ROLES) expect([...withViews(ROLE_PERMISSIONS[role])].sort()).toEqual([...ROLE_PERMISSIONS[role]].sort());
  });
});

it("keeps Flagsmith's permissions by name", () => {
  const theirs =
    "CREATE_PROJECT MANAGE_USER_GROUPS VIEW_PROJECT CREATE_ENVIRONMENT DELETE_FEATURE CREATE_FEATURE EDIT_FEATURE MANAGE_SEGMENTS " +
    "VIEW_AUDIT_LOG MANAGE_TAGS MANAGE_PROJECT_LEVEL_CHANGE_REQUESTS APPROVE_PROJECT_LEVEL_CHANGE_REQUESTS " +
    "CREATE_PROJECT_LEVEL_CHANGE_REQUESTS VIEW_ENVIRONMENT UPDATE_FEATURE_STATE MANAGE_IDENTITIES VIEW_IDENTITIES " +
    "CREATE_CHANGE_REQUEST APPROVE_CHANGE_REQUEST MANAGE_SEGMENT_OVERRIDES";
  const byTag = [
    "DELETE_FEATURE",
    "UPDATE_FEATURE_STATE",
    "CREATE_CHANGE_REQUEST",
    "APPROVE_CHANGE_REQUEST",
    "MANAGE_SEGMENT_OVERRIDES",
  ];

  expect(theirs.split(" ").filter((it) => !ALL_PERMISSIONS.includes(it as Permission))).toEqual([]);
  expect(ALL_PERMISSIONS.filter((it) => definitionOf(it).byTag).sort()).toEqual(byTag.sort());
});
