import { auditEvent } from "@halyard/db/schema";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = async () => {
  const here = await createWorld({ database: world.database });
  return { here, organisation: here.organisation.slug, members: here.callerAs("owner").members };
};
const PASSWORD = "correct horse battery";

describe("members.add", () => {
  it("makes an account where there is none; its owner can sign in", async () => {
    const { here, organisation, members } = await fresh();
    const email = "Grace@Example.com";

    const added = await members.add({ organisation, email, role: "editor", name: "Grace", password: PASSWORD });

    expect(added).toMatchObject({ email: "grace@example.com", role: "editor" });
    const session = await here.services.auth.api.signInEmail({ body: { email: "grace@example.com", password: PASSWORD } });
    expect(session.user.id).toBe(added.userId);
  });

  it("adds somebody who has an account, and never touches the password", async () => {
    const { here, organisation, members } = await fresh();
    const { email, userId } = here.actors.stranger;

    const careless = members.add({ organisation, email, role: "editor", name: "X", password: PASSWORD });
    await expect(careless).rejects.toMatchObject({ code: "BAD_REQUEST", message: containing("account already") });

    expect(await members.add({ organisation, email, role: "admin" })).toMatchObject({ userId });
    await expect(members.add({ organisation, email, role: "editor" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("asks for name and password of a new account, and refuses weak ones", async () => {
    const { organisation, members } = await fresh();
    const wish = { organisation, email: "new@example.com", role: "editor" as const };

    await expect(members.add(wish)).rejects.toMatchObject({ message: containing("give a name") });
    await expect(members.add({ ...wish, name: "N" })).rejects.toMatchObject({ message: containing("initial password") });
    await expect(members.add({ ...wish, name: "N", password: "short" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await members.list({ organisation })).toHaveLength(4);
  });

  it("is for owners and admins of this organisation", async () => {
    const { here, organisation } = await fresh();
    const wish = { organisation, email: "x@example.com", role: "editor" as const, name: "X", password: PASSWORD };

    await expect(here.callerAs("editor").members.add(wish)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(here.callerAs("stranger").members.add(wish)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the last owner", () => {
  it("can be neither demoted nor removed", async () => {
    const { here, organisation, members } = await fresh();
    const { userId } = here.actors.owner;

    await expect(members.setRole({ organisation, userId, role: "editor" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(members.remove({ organisation, userId })).rejects.toMatchObject({ code: "CONFLICT" });

    await members.setRole({ organisation, userId: here.actors.editor.userId, role: "owner" });
    expect(await members.setRole({ organisation, userId, role: "editor" })).toMatchObject({ role: "editor" });
  });
});

describe("members.remove", () => {
  it("takes every right at once, and is in the audit log without the person's name", async () => {
    const { here, organisation, members } = await fresh();
    const { userId } = here.actors.editor;

    await members.remove({ organisation, userId });

    await expect(here.callerAs("editor").projects.list({ organisation })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(members.remove({ organisation, userId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const [audited] = await here.db
      .select()
      .from(auditEvent)
      .where(eq(auditEvent.organisationId, here.organisation.id))
      .orderBy(desc(auditEvent.id))
      .limit(1);
    expect(audited).toMatchObject({ action: "member.removed", subjects: [`user:${userId}`] });
    expect(audited?.body).toContain('"before":{"role":"editor"}');
    expect(audited?.body).not.toContain(here.actors.editor.name);
  });
});

describe("members.leave", () => {
  it("needs no permission, takes flags' ownership along, and is refused to the last owner and to programs", async () => {
    const { here, organisation, members } = await fresh();
    const { userId } = here.actors.viewer;
    await here.callerAs("editor").flags.create({ ...here.inProject, key: "banner" });
    await here.callerAs("editor").flags.update({ ...here.inProject, flag: "banner", owners: [userId] });

    await here.callerAs("viewer").members.leave({ organisation });

    expect((await members.list({ organisation })).map((it) => it.userId)).not.toContain(userId);
    expect(await members.list({ organisation })).toHaveLength(3);
    expect(await here.callerAs("editor").flags.get({ ...here.inEnvironment, flag: "banner" })).toMatchObject({ owners: [] });
    await expect(members.leave({ organisation })).rejects.toMatchObject({ code: "CONFLICT" });
    const program = here.caller(await here.insertProgram("admin"));
    await expect(program.members.leave({ organisation })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(here.callerAs("stranger").members.leave({ organisation })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("members.transferOwnership", () => {
  it("makes another the owner and the caller an admin", async () => {
    const { here, organisation, members } = await fresh();
    const { userId } = here.actors.editor;

    expect(await members.transferOwnership({ organisation, userId })).toMatchObject({ userId, role: "owner" });

    const roles = new Map((await members.list({ organisation })).map((it) => [it.userId, it.role]));
    expect([roles.get(userId), roles.get(here.actors.owner.userId)]).toEqual(["owner", "admin"]);
    await expect(members.transferOwnership({ organisation, userId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("goes to another member only", async () => {
    const { here, organisation, members } = await fresh();
    const self = members.transferOwnership({ organisation, userId: here.actors.owner.userId });
    const stranger = members.transferOwnership({ organisation, userId: here.actors.stranger.userId });

    await expect(self).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(stranger).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

it("S-RACE-1: two owners who remove each other at once leave one", async () => {
  const { here, organisation, members } = await fresh();
  const [first, second] = [here.actors.owner.userId, here.actors.editor.userId];
  await members.setRole({ organisation, userId: second, role: "owner" });

  const outcomes = await Promise.allSettled([
    members.remove({ organisation, userId: second }),
    here.callerAs("editor").members.remove({ organisation, userId: first }),
  ]);

  expect(outcomes.filter((it) => it.status === "fulfilled")).toHaveLength(1);
  expect((await here.callerAs("admin").members.list({ organisation })).filter((it) => it.role === "owner")).toHaveLength(1);
});

it("lets an admin neither make an owner nor unmake one", async () => {
  const { here, organisation } = await fresh();
  const admin = here.callerAs("admin").members;
  const { owner, viewer } = here.actors;

  const make = admin.setRole({ organisation, userId: viewer.userId, role: "owner" });
  await expect(make).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("MANAGE_OWNERS") });
  await expect(admin.setRole({ organisation, userId: owner.userId, role: "viewer" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(admin.remove({ organisation, userId: owner.userId })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
