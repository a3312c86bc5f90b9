import { definitionOf, ROLES, type Role } from "@halyard/contracts/permissions";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "../router.ts";
import { call } from "../testing/procedures.ts";
import { WEAKEST } from "../testing/verdicts.ts";
import { createWorld, type World } from "../testing/world.ts";
import { type Access, type Meta, toErrorBody } from "../trpc.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

type Caller = ReturnType<World["callerAs"]>;

const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, { readonly _def: { readonly meta?: Meta } }>>;
const accessOf = new Map(Object.entries(procedures).map(([path, { _def }]) => [path, _def.meta?.access]));
const paths = [...accessOf.keys()];

/** The right place with a field that no procedure knows: who may call it is told that, and nothing happens. */
async function verdict(caller: Caller, path: string): Promise<string> {
  try {
    await call(caller, path, { ...world.inEnvironment, unknownField: 1 });
    return "ok";
  } catch (error) {
    return error instanceof TRPCError ? toErrorBody(error).code : `threw ${String(error)}`;
  }
}

const needsNoRole = (path: string): boolean => ["nobody", "signed-in", "person"].includes(WEAKEST[path] ?? "");

const expected = (path: string, role: Role): string => {
  const weakest = WEAKEST[path];
  const isEnough = needsNoRole(path) || ROLES.indexOf(role) <= ROLES.indexOf(weakest as Role);
  return isEnough ? "invalid" : "forbidden";
};

const levelsAt = {
  somewhere: ["organisation", "project", "environment"],
  organisation: ["organisation", "project", "environment"],
  project: ["project", "environment"],
  environment: ["environment"],
};

describe("every procedure", () => {
  it("declares what it needs, and in a place where that can be had", () => {
    for (const [path, access] of accessOf) {
      expect(access, path).toBeDefined();
      const { level } = access as Access;
      if (!access || !("needs" in access)) continue;
      expect(access.needs.length, path).toBeGreaterThan(0);
      for (const permission of access.needs) {
        expect(levelsAt[level as keyof typeof levelsAt], path).toContain(definitionOf(permission).level);
      }
    }
  });

  it("says why, where it needs no permission", () => {
    const open = [...accessOf].flatMap(([path, access]) => (access && "why" in access ? [[path, access.why.length > 20]] : []));

    expect(Object.fromEntries(open)).toEqual({
      "account.changeEmail": true,
      "account.confirmEmail": true,
      "account.delete": true,
      "account.me": true,
      "invitations.accept": true,
      "invitations.show": true,
      "account.profile": true,
      "account.revokeOtherSessions": true,
      "account.revokeSession": true,
      "account.sessions": true,
      "account.signInMethods": true,
      "account.unlinkAccount": true,
      "account.updateProfile": true,
      "organisations.create": true,
      "organisations.list": true,
      "setup.complete": true,
      "setup.status": true,
    });
  });

  it("has an expected verdict in the table, and the table holds no other", () => {
    expect(Object.keys(WEAKEST).sort()).toEqual([...paths].sort());
  });
});

describe("S-AUTHZ-1: the role matrix", () => {
  it.each(ROLES)("holds for a person who is %s", async (role) => {
    for (const path of paths) expect([path, await verdict(world.callerAs(role), path)]).toEqual([path, expected(path, role)]);
  });

  it.each(["admin", "editor", "viewer"] as const)("holds for an API key with the role %s", async (role) => {
    const caller = world.caller(await world.insertProgram(role));

    for (const path of paths) {
      const isForPeople = WEAKEST[path] === "person";
      expect([path, await verdict(caller, path)]).toEqual([path, isForPeople ? "forbidden" : expected(path, role)]);
    }
  });

  it("finds nothing for a stranger, and asks who is not signed in to sign in", async () => {
    for (const path of paths) {
      const weakest = WEAKEST[path];
      expect([path, await verdict(world.callerAs("stranger"), path)]).toEqual([
        path,
        needsNoRole(path) ? "invalid" : "not_found",
      ]);
      expect([path, await verdict(world.callerAs("nobody"), path)]).toEqual([
        path,
        weakest === "nobody" ? "invalid" : "unauthenticated",
      ]);
    }
  });
});

describe("a refusal", () => {
  it("says what is missing, where, and who can grant it", async () => {
    const attempt = world.callerAs("viewer").flags.setEnabled({ ...world.inEnvironment, flag: "banner", enabled: true });

    await expect(attempt).rejects.toMatchObject({
      code: "FORBIDDEN",
      message:
        "You may not turn flags on and off and change what they answer for the flag `banner`: your roles lack " +
        "`UPDATE_FEATURE_STATE` in Production of Web shop. Ask Olga Owner or Ada Admin to grant it.",
    });
  });
});
