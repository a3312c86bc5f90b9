import { invitation, member, user } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../../log.ts";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const SOON = () => new Date(Date.now() + 3_600_000).toISOString();

/** Mails are shown in the log where no mail server is set. */
async function fresh() {
  const links: string[] = [];
  const write = (line: string) => {
    const { link } = JSON.parse(line) as { link?: string };
    if (link !== undefined) links.push(link);
  };
  const here = await createWorld({ database: world.database, log: createLog("info", { write }) });
  const { userId, email } = here.actors.stranger;
  const setVerified = (emailVerified: boolean) => here.db.update(user).set({ emailVerified }).where(eq(user.id, userId));
  await setVerified(true);
  const organisation = here.organisation.slug;
  const admin = here.callerAs("admin");
  return {
    here,
    organisation,
    admin,
    email,
    setVerified,
    guest: here.callerAs("stranger").invitations,
    /** @returns the token in the mail */
    invite: async (role: "viewer" | "editor" | null = "viewer", groups: number[] = []) => {
      const made = await admin.invitations.create({ organisation, email, role, groups });
      return { made, token: tokenOf(links.at(-1)) };
    },
    memberships: () => here.db.select().from(member).where(eq(member.organisationId, here.organisation.id)),
  };
}

const tokenOf = (url: string | undefined): string => url?.split("#")[1] ?? "";

describe("an invitation by mail", () => {
  it("is shown to whoever has its link, and makes its addressee a member with role and groups", async () => {
    const { here, organisation, admin, email, guest, invite } = await fresh();
    const { id: group } = await admin.groups.create({ organisation, name: "Web" });
    const { made, token } = await invite("editor", [group]);

    expect(made).toMatchObject({ kind: "mail", email, role: "editor", groups: [{ name: "Web" }], invitedBy: "Ada Admin" });
    const offer = { organisation: { slug: organisation }, email, role: "editor", invitedBy: "Ada Admin" };
    expect(await here.callerAs("nobody").invitations.show({ token })).toMatchObject(offer);
    expect(await guest.accept({ token })).toMatchObject({ slug: organisation, role: "editor" });
    expect((await admin.groups.get({ organisation, id: group })).members).toMatchObject([{ name: "Sam Stranger" }]);
    expect(await admin.invitations.list({ organisation })).toEqual([]);
  });

  it("S-INV-2: lets in nobody else, and not its addressee before the address is confirmed", async () => {
    const { here, guest, invite, setVerified, memberships } = await fresh();
    const { token } = await invite();

    const other = here.callerAs("viewer").invitations.accept({ token });
    await expect(other).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("another address") });
    await setVerified(false);
    await expect(guest.accept({ token })).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("Confirm first") });
    expect(await memberships()).toHaveLength(4);
  });

  it("S-INV-2: gives its own role, whatever the body says", async () => {
    const { guest, invite, memberships } = await fresh();
    const { token } = await invite("viewer");

    await expect(guest.accept({ token, role: "owner" } as { token: string })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await guest.accept({ token });

    expect((await memberships()).map((it) => it.role)).toEqual(["owner", "admin", "editor", "viewer", "viewer"]);
  });

  it("S-INV-1: is single use, is kept as a hash only, and dies with revocation, time and a newer one", async () => {
    const { here, organisation, admin, guest, invite } = await fresh();
    const first = await invite();
    const second = await invite();
    await expect(guest.accept({ token: first.token })).rejects.toMatchObject({ code: "PRECONDITION_FAILED" });

    const rows = await here.db.select().from(invitation).where(eq(invitation.id, second.made.id));
    expect(JSON.stringify(rows)).not.toContain(second.token);
    expect(Buffer.from(second.token, "base64url")).toHaveLength(32);
    const days = (Date.parse(second.made.expiresAt) - Date.parse(second.made.createdAt)) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);

    await admin.invitations.revoke({ organisation, id: second.made.id });
    const gone = { code: "PRECONDITION_FAILED", cause: { code: "gone", status: 410, message: containing("revoked") } };
    await expect(guest.accept({ token: second.token })).rejects.toMatchObject(gone);
    await expect(guest.show({ token: second.token })).rejects.toMatchObject(gone);
    await expect(admin.invitations.revoke({ organisation, id: second.made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });

    const third = await invite();
    await here.db
      .update(invitation)
      .set({ expiresAt: new Date(0) })
      .where(eq(invitation.id, third.made.id));
    await expect(guest.accept({ token: third.token })).rejects.toMatchObject({ cause: { message: containing("expired") } });
    await expect(guest.accept({ token: "unknown" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("S-INV-2: accepted twice at once, makes one member", async () => {
    const { guest, invite, memberships } = await fresh();
    const { token } = await invite();

    const outcomes = await Promise.allSettled([guest.accept({ token }), guest.accept({ token })]);

    expect(outcomes.map((it) => it.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await memberships()).toHaveLength(5);
  });

  it("is not sent to a member", async () => {
    const { here, organisation, admin } = await fresh();
    const again = admin.invitations.create({ organisation, email: here.actors.viewer.email, role: "viewer" });

    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("an invitation by link", () => {
  it("lets in as many as it says, whoever they are, and shows its address once", async () => {
    const { here, organisation, admin, guest } = await fresh();
    const { url, ...made } = await admin.invitations.createLink({ organisation, role: "viewer", expiresAt: SOON(), maxUses: 1 });
    const token = tokenOf(url);

    expect(url).toBe(`http://localhost:8000/~/invitation#${token}`);
    expect(await admin.invitations.list({ organisation })).toEqual([made]);
    const already = here.callerAs("editor").invitations.accept({ token });
    await expect(already).rejects.toMatchObject({ code: "CONFLICT", message: containing("already") });
    await guest.accept({ token });
    const second = await createWorld({ database: world.database });
    const late = second.callerAs("viewer").invitations.accept({ token });
    await expect(late).rejects.toMatchObject({ cause: { code: "gone", message: containing("used") } });
  });

  it("takes no time that has passed, and no program", async () => {
    const { here, organisation, admin } = await fresh();
    const past = admin.invitations.createLink({ organisation, role: null, expiresAt: new Date(0).toISOString() });
    await expect(past).rejects.toMatchObject({ code: "BAD_REQUEST" });

    const { url } = await admin.invitations.createLink({ organisation, role: null, expiresAt: SOON() });
    const program = here.caller(await here.insertProgram("admin")).invitations.accept({ token: tokenOf(url) });
    await expect(program).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

it("gives nobody more than whoever invites holds, and is revoked by its own organisation only", async () => {
  const { here, organisation, admin, invite } = await fresh();
  const { id: customRole } = await admin.roles.create({ organisation, name: "Host", permissions: ["MANAGE_MEMBERS"] });
  await admin.grants.create({ organisation, member: here.actors.viewer.userId, customRole });
  const host = here.callerAs("viewer").invitations;

  const strong = host.createLink({ organisation, role: "admin", expiresAt: SOON() });
  await expect(strong).rejects.toMatchObject({ code: "FORBIDDEN", message: containing("cannot give it") });
  expect(await host.createLink({ organisation, role: "viewer", expiresAt: SOON() })).toMatchObject({ role: "viewer" });
  const { made } = await invite();
  const foreign = here.callerAs("stranger").invitations.revoke({ organisation: here.foreign.slug, id: made.id });
  await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
});
