import type { Database } from "@halyard/db";
import { openTestDatabase } from "@halyard/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let database: Database;
let world: World;
let api: ReturnType<World["callerAs"]>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** `checkout` and `banner` are boolean, `theme` has the variants `dark` and `light`. */
beforeEach(async () => {
  world = await createWorld({ database });
  api = world.callerAs("editor");
  for (const key of ["checkout", "banner", "payments"]) await api.flags.create({ ...world.inProject, key, enabled: true });
  const variants = ["dark", "light"].map((key) => ({ key, value: key, weight: 50 }));
  await api.flags.create({ ...world.inProject, key: "theme", valueType: "string", value: "plain", enabled: true, variants });
});

const ask = (flag: string, prerequisites: readonly { flag: string; enabled?: boolean; variant?: string }[]) =>
  api.flags.setPrerequisites({ ...world.inEnvironment, flag, prerequisites: [...prerequisites] });
const refusal = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) as unknown });

describe("prerequisites", () => {
  it("are shown on both sides, travel with the revision, and are told in history", async () => {
    const detail = await ask("checkout", [{ flag: "payments" }, { flag: "theme", variant: "dark" }]);

    expect(detail.prerequisites).toEqual([
      { flag: "payments", enabled: true, variant: null },
      { flag: "theme", enabled: true, variant: "dark" },
    ]);
    const payments = await api.flags.get({ ...world.inEnvironment, flag: "payments" });
    expect(payments.dependents).toEqual([{ flag: "checkout", enabled: true, variant: null, isArchived: false }]);
    const [sent] = world.announced.at(-1)?.delta.flags?.upserted ?? [];
    expect(sent?.prerequisites).toEqual([
      { flagId: payments.id, enabled: true },
      { flagId: (await api.flags.get({ ...world.inEnvironment, flag: "theme" })).id, enabled: true, variant: "dark" },
    ]);
    const revision = await api.revisions.get({ ...world.inEnvironment, version: detail.version });
    expect(revision).toMatchObject({
      kind: "flag.prerequisites",
      changes: [
        { subject: "flag:checkout", path: "prerequisites.payments", before: null, after: { enabled: true, variant: null } },
        { subject: "flag:checkout", path: "prerequisites.theme", before: null, after: { enabled: true, variant: "dark" } },
      ],
    });
  });

  it("hold in their own environment only, and an empty list removes them", async () => {
    await ask("checkout", [{ flag: "payments" }]);

    const staging = { ...world.inEnvironment, environment: "staging" };
    expect((await api.flags.get({ ...staging, flag: "checkout" })).prerequisites).toEqual([]);
    expect((await ask("checkout", [])).prerequisites).toEqual([]);
    expect((await api.flags.get({ ...world.inEnvironment, flag: "payments" })).dependents).toEqual([]);
  });

  it("refuse a circle, naming it", async () => {
    await ask("checkout", [{ flag: "payments" }]);
    await ask("payments", [{ flag: "banner" }]);

    await expect(ask("banner", [{ flag: "checkout", enabled: false }])).rejects.toMatchObject(
      refusal("CONFLICT", /(?=.*`banner` → `checkout`)(?=.*`checkout` → `payments`)(?=.*`payments` → `banner`)/),
    );
    await expect(ask("banner", [{ flag: "banner" }])).rejects.toMatchObject(refusal("CONFLICT", /`banner` → `banner`/));
  });

  it.each([
    [{ flag: "nothing" }, "flag", /no flag `nothing`/],
    [{ flag: "payments", variant: "dark" }, "variant", /it has none/],
    [{ flag: "payments", variant: "control" }, "variant", /it has none/],
    [{ flag: "theme", variant: "blue" }, "variant", /`dark`, `light`, `control`/],
    [{ flag: "theme", enabled: false, variant: "dark" }, "variant", /leave the variant out/],
  ])("refuse %j by its %s", async (prerequisite, field, message) => {
    await expect(ask("checkout", [prerequisite])).rejects.toMatchObject({
      ...refusal("BAD_REQUEST", message),
      cause: { details: { fields: [{ path: `prerequisites.0.${field}` }] } },
    });
  });

  it("refuse a flag of another project, and one that is archived", async () => {
    await world.callerAs("admin").projects.create({ organisation: world.organisation.slug, name: "Other", slug: "other" });
    await api.flags.create({ organisation: world.organisation.slug, project: "other", key: "theirs" });
    await api.flags.archive({ ...world.inProject, flag: "banner", archived: true });

    await expect(ask("checkout", [{ flag: "theirs" }])).rejects.toMatchObject(refusal("BAD_REQUEST", /no flag `theirs`/));
    await expect(ask("checkout", [{ flag: "banner" }])).rejects.toMatchObject(refusal("BAD_REQUEST", /archived/));
  });

  it("answer a stale version with the flag as it is", async () => {
    const { version } = await api.flags.get({ ...world.inEnvironment, flag: "checkout" });
    await ask("checkout", [{ flag: "payments" }]);

    const attempt = api.flags.setPrerequisites({
      ...world.inEnvironment,
      flag: "checkout",
      prerequisites: [],
      expectedVersion: version,
    });

    await expect(attempt).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { current: { prerequisites: [{ flag: "payments" }] } } },
    });
  });

  it("go along into a new environment", async () => {
    await api.flags.setPrerequisites({
      ...world.inProject,
      environment: "development",
      flag: "checkout",
      prerequisites: [{ flag: "payments" }],
    });
    await world.callerAs("admin").environments.create({ ...world.inProject, name: "Preview" });

    const made = await api.flags.get({ ...world.inProject, environment: "preview", flag: "checkout" });
    expect(made.prerequisites).toEqual([{ flag: "payments", enabled: true, variant: null }]);
  });
});

describe("a flag that is required", () => {
  it("is not archived while a live flag requires it, in whichever environment, nor deleted while an archived one does", async () => {
    await ask("checkout", [{ flag: "payments" }]);

    const archive = (flag: string, archived = true) => api.flags.archive({ ...world.inProject, flag, archived });
    await expect(archive("payments")).rejects.toMatchObject(refusal("CONFLICT", /required by `checkout` in production/));
    await archive("checkout");
    await archive("payments");
    await expect(api.flags.delete({ ...world.inProject, flag: "payments", confirm: "payments" })).rejects.toMatchObject(
      refusal("CONFLICT", /required by `checkout` \(archived\) in production/),
    );
    await expect(archive("checkout", false)).rejects.toMatchObject(refusal("CONFLICT", /requires `payments`, which is archived/));
    await archive("payments", false);
    await archive("checkout", false);
    expect((await api.flags.get({ ...world.inEnvironment, flag: "checkout" })).prerequisites).toHaveLength(1);
  });

  it("keeps the variant that is required, by its key; the others are free", async () => {
    await ask("checkout", [{ flag: "theme", variant: "dark" }]);
    const { variants } = await api.flags.get({ ...world.inEnvironment, flag: "theme" });
    const [dark, light] = variants;
    const ofTheme = { ...world.inProject, flag: "theme" };

    const named = refusal("CONFLICT", /variant `dark` of `theme` is required by `checkout` in production/);
    await expect(api.variants.update({ ...ofTheme, id: dark!.id, key: "black" })).rejects.toMatchObject(named);
    await expect(api.variants.delete({ ...ofTheme, id: dark!.id })).rejects.toMatchObject(named);
    await api.variants.update({ ...ofTheme, id: dark!.id, value: "#000" });
    await api.variants.update({ ...ofTheme, id: light!.id, key: "white" });
    await api.variants.delete({ ...ofTheme, id: light!.id });
  });

  it("keeps its last variant while somebody requires `control`", async () => {
    await ask("checkout", [{ flag: "theme", variant: "control" }]);
    const { variants } = await api.flags.get({ ...world.inEnvironment, flag: "theme" });
    const remove = (id: number) => api.variants.delete({ ...world.inProject, flag: "theme", id });

    await remove(variants[0]!.id);
    await expect(remove(variants[1]!.id)).rejects.toMatchObject(refusal("CONFLICT", /required by `checkout`/));
  });
});

describe("the attribute a rollout goes by", () => {
  it("is set on states and overrides, and null goes back to the identity", async () => {
    const inTheme = { ...world.inEnvironment, flag: "theme" };
    await api.segments.create({ ...world.inProject, name: "Staff", rules: [] });

    expect((await api.flags.setState({ ...inTheme, bucketBy: "company" })).state.bucketBy).toBe("company");
    const overridden = await api.overrides.set({ ...inTheme, segment: "staff", enabled: true });
    expect(overridden.segmentOverrides[0]?.bucketBy).toBe("company");
    await api.overrides.set({ ...inTheme, segment: "staff", enabled: true, bucketBy: "$.identity.traits.team" });
    await api.identityOverrides.set({ ...inTheme, identifier: "ada", enabled: true, bucketBy: null });
    await api.flags.setState({ ...inTheme, bucketBy: null });

    const flag = world.announced.at(-1)?.delta.flags?.upserted[0];
    expect(flag).not.toHaveProperty("bucketBy");
    expect(flag?.overrides[0]).toMatchObject({ bucketBy: "$.identity.traits.team" });
    const detail = await api.flags.get(inTheme);
    expect(detail.state).not.toHaveProperty("bucketBy");
    expect(detail.identityOverrides[0]).not.toHaveProperty("bucketBy");
  });

  it("is no blank", async () => {
    await expect(api.flags.setState({ ...world.inEnvironment, flag: "theme", bucketBy: "" })).rejects.toMatchObject(
      refusal("BAD_REQUEST", /bucketBy/),
    );
  });
});
