import { roleGrant } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** A member without a role in the whole organisation, `guest`. */
async function fresh() {
  const here = await createWorld({ database: world.database });
  const admin = here.callerAs("admin");
  const organisation = here.organisation.slug;
  const { userId: member } = await admin.members.add({ organisation, email: here.actors.stranger.email, role: null });
  const inStaging = { ...here.inProject, environment: "staging" };
  return { here, admin, organisation, member, guest: here.callerAs("stranger"), inStaging };
}

describe("a grant in one environment", () => {
  it("lets somebody toggle there, and shows them nothing else", async () => {
    const { here, admin, member, guest, inStaging } = await fresh();
    await admin.flags.create({ ...here.inProject, key: "banner" });
    await admin.projects.create({ organisation: here.organisation.slug, name: "Secret" });

    const made = await admin.grants.create({ ...inStaging, member, role: "editor" });

    expect(made).toMatchObject({ subject: { kind: "member", id: member }, role: "editor", environment: "staging", tags: null });
    expect(await guest.flags.setEnabled({ ...inStaging, flag: "banner", enabled: true })).toMatchObject({
      state: { enabled: true },
    });
    const inProduction = guest.flags.setEnabled({ ...here.inEnvironment, flag: "banner", enabled: true });
    await expect(inProduction).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(guest.flags.create({ ...here.inProject, key: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await guest.projects.list({ organisation: here.organisation.slug })).map((it) => it.slug)).toEqual(["web-shop"]);
    expect((await guest.environments.list(here.inProject)).map((it) => it.slug)).toEqual(["staging"]);
    const secret = guest.projects.get({ organisation: here.organisation.slug, project: "secret" });
    await expect(secret).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(guest.members.list({ organisation: here.organisation.slug })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("S-AUTHZ-4: is not enough for a change that every environment would feel", async () => {
    const { here, admin, organisation, member, guest, inStaging } = await fresh();
    await admin.flags.create({ ...here.inProject, key: "banner" });
    const { id } = await admin.roles.create({ organisation, name: "Flag writer", permissions: ["EDIT_FEATURE"] });
    await admin.grants.create({ ...here.inProject, member, customRole: id });
    await admin.grants.create({ ...inStaging, member, role: "editor" });

    const archive = guest.flags.archive({ ...here.inProject, flag: "banner", archived: true });
    await expect(archive).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("UPDATE_FEATURE_STATE") });
    const hide = guest.flags.update({ ...here.inProject, flag: "banner", serverOnly: true });
    await expect(hide).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await guest.flags.update({ ...here.inProject, flag: "banner", description: "x" })).toMatchObject({ description: "x" });
  });

  it("ends at once when it is withdrawn", async () => {
    const { here, admin, organisation, member, guest, inStaging } = await fresh();
    const { id } = await admin.grants.create({ ...inStaging, member, role: "viewer" });
    expect(await guest.environments.get(inStaging)).toMatchObject({ slug: "staging" });

    await admin.grants.delete({ organisation, id });

    await expect(guest.environments.get(inStaging)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(admin.grants.delete({ organisation, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await here.callerAs("owner").audit.list({ organisation })).items[0]).toMatchObject({ action: "grant.deleted" });
  });
});

describe("a grant limited to tags", () => {
  const tagged = async () => {
    const made = await fresh();
    const { here, admin, member, organisation } = made;
    await admin.tags.create({ ...here.inProject, label: "mobile" });
    await admin.tags.create({ ...here.inProject, label: "web" });
    await admin.flags.create({ ...here.inProject, key: "phone", tags: ["mobile"] });
    await admin.flags.create({ ...here.inProject, key: "page", tags: ["web"] });
    await admin.segments.create({ ...here.inProject, name: "Pros", rules: [] });
    const permissions = ["UPDATE_FEATURE_STATE", "MANAGE_SEGMENT_OVERRIDES", "DELETE_FEATURE", "EDIT_FEATURE"] as const;
    const { id: customRole } = await admin.roles.create({ organisation, name: "Mobile", permissions: [...permissions] });
    await admin.grants.create({ ...here.inProject, member, customRole, tags: ["mobile"] });
    return made;
  };

  it("gives flag writes for flags with one of them, and no others", async () => {
    const { here, guest } = await tagged();
    const on = (flag: string) => guest.flags.setEnabled({ ...here.inEnvironment, flag, enabled: true });
    const override = (flag: string) => guest.overrides.set({ ...here.inEnvironment, flag, segment: "pros", enabled: true });

    expect(await on("phone")).toMatchObject({ state: { enabled: true } });
    await expect(on("page")).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("for the flag `page`") });
    await expect(on("none")).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await override("phone")).toMatchObject({ key: "phone" });
    await expect(override("page")).rejects.toMatchObject({ code: "FORBIDDEN" });
    const archive = (flag: string) => guest.flags.archive({ ...here.inProject, flag, archived: true });
    await archive("phone");
    await expect(archive("page")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await guest.flags.delete({ ...here.inProject, flag: "phone", confirm: "phone" });
  });

  it("cannot be stretched by putting the tag on a flag, and does not widen when the tag is deleted", async () => {
    const { here, guest, admin } = await tagged();
    const retag = guest.flags.update({ ...here.inProject, flag: "page", tags: ["mobile"] });
    await expect(retag).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("MANAGE_TAGS") });

    const mobile = (await admin.tags.list(here.inProject)).find((it) => it.label === "mobile");
    await admin.tags.delete({ ...here.inProject, id: mobile?.id ?? 0 });

    const on = guest.flags.setEnabled({ ...here.inEnvironment, flag: "phone", enabled: true });
    await expect(on).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await admin.grants.list({ organisation: here.organisation.slug })).toMatchObject([{ tags: [] }]);
  });

  it("is what permissions.mine tells", async () => {
    const { here, guest } = await tagged();

    const mine = await guest.permissions.mine(here.inEnvironment);

    expect(mine.role).toBeNull();
    expect(mine.granted).toEqual(expect.arrayContaining(["VIEW_PROJECT", "VIEW_ENVIRONMENT", "EDIT_FEATURE"]));
    expect(mine.granted).not.toContain("UPDATE_FEATURE_STATE");
    expect(mine.byTag).toContainEqual({ permission: "UPDATE_FEATURE_STATE", tags: ["mobile"] });
    expect(mine.granters).toEqual(["Olga Owner", "Ada Admin"]);
  });
});

describe("whoever grants", () => {
  it("may do it inside the project they administer, and nowhere else", async () => {
    const { here, admin, organisation, member, guest } = await fresh();
    await admin.grants.create({ ...here.inProject, member, role: "admin" });
    const other = here.actors.viewer.userId;

    expect(await guest.grants.create({ ...here.inProject, member: other, role: "editor" })).toMatchObject({
      project: "web-shop",
    });
    const everywhere = guest.grants.create({ organisation, member: other, role: "viewer" });
    await expect(everywhere).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("MANAGE_ACCESS") });
    expect(await guest.grants.list({ organisation })).toHaveLength(2);
  });

  it("cannot give what they do not hold", async () => {
    const { here, admin, organisation, member, guest } = await fresh();
    const { id } = await admin.roles.create({ organisation, name: "Gate keeper", permissions: ["MANAGE_ACCESS"] });
    await admin.grants.create({ ...here.inProject, member, customRole: id });

    const self = guest.grants.create({ ...here.inProject, member, role: "admin" });

    await expect(self).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("you cannot give it") });
  });

  it("is asked to be clear, and told of what is not there", async () => {
    const { here, admin, organisation, member } = await fresh();
    const create = admin.grants.create;
    const bad = { code: "BAD_REQUEST" };
    const absent = { code: "NOT_FOUND" };

    await expect(create({ organisation, role: "viewer" })).rejects.toMatchObject(bad);
    await expect(create({ organisation, member })).rejects.toMatchObject(bad);
    await expect(create({ organisation, member, environment: "staging", role: "viewer" })).rejects.toMatchObject(bad);
    await expect(create({ ...here.inProject, member, role: "viewer", tags: ["x"] })).rejects.toMatchObject(bad);
    await expect(create({ organisation, member: "x", role: "viewer" })).rejects.toMatchObject(absent);
    await expect(create({ organisation, group: 1_000_000, role: "viewer" })).rejects.toMatchObject(absent);
    await expect(create({ organisation, apiKey: 1_000_000, role: "viewer" })).rejects.toMatchObject(absent);
    await expect(create({ organisation, member, customRole: 1_000_000 })).rejects.toMatchObject(absent);
    await create({ organisation, member, role: "viewer" });
    await expect(create({ organisation, member, role: "viewer" })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

it("gives an API key what is granted to it, and nothing before", async () => {
  const { here, admin } = await fresh();
  const program = await here.insertProgram(null);
  const api = here.caller(program);
  await expect(api.projects.get(here.inProject)).rejects.toMatchObject({ code: "NOT_FOUND" });

  await admin.grants.create({ ...here.inProject, apiKey: program.apiKeyId, role: "editor" });

  expect(await api.flags.create({ ...here.inProject, key: "from-ci" })).toMatchObject({ key: "from-ci" });
  await expect(api.environments.delete({ ...here.inEnvironment, confirm: "production" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});

it("goes with the member who held it", async () => {
  const { here, admin, organisation, member } = await fresh();
  await admin.grants.create({ organisation, member, role: "viewer" });

  await admin.members.remove({ organisation, userId: member });

  const left = await here.db.select().from(roleGrant).where(eq(roleGrant.organisationId, here.organisation.id));
  expect(left).toEqual([]);
});
