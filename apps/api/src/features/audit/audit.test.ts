import { auditEvent } from "@halyard/db/schema";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { system } from "../../actor.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { recordAudit } from "./index.ts";

let first: World;
let here: World;
beforeAll(async () => {
  first = await createWorld();
});
afterAll(() => first.close());
beforeEach(async () => {
  here = await createWorld({ database: first.database });
});

const list = (filters: object = {}) => here.callerAs("owner").audit.list({ organisation: here.organisation.slug, ...filters });

describe("the audit log", () => {
  it("finds by kind, flag, project, environment, who, when and text", async () => {
    const api = here.callerAs("editor");
    await api.flags.create({ ...here.inProject, key: "new-checkout" });
    await api.flags.create({ ...here.inProject, key: "other" });
    await api.flags.setEnabled({ ...here.inEnvironment, flag: "new-checkout", enabled: true });
    const me = `user:${here.actors.editor.userId}`;
    const actions = async (filters: object) => (await list(filters)).items.map((it) => it.action);

    expect(await actions({ action: "flag.state" })).toEqual(["flag.state"]);
    expect(await actions({ action: "flag", flag: "new-checkout", environment: "production", project: "web-shop" })).toEqual([
      "flag.state",
      "flag.created",
    ]);
    expect(await actions({ action: "flag", actor: "key:1" })).toEqual([]);
    expect(new Set(await actions({ actor: me }))).toEqual(new Set(["flag.state", "flag.created"]));
    expect((await list({ q: "Ed Edi" })).items.every((it) => it.actorRef === me)).toBe(true);
    expect(await actions({ q: "new-check%" })).toEqual([]);
    expect(await actions({ to: "2020-01-01T00:00:00Z" })).toEqual([]);
    expect(await actions({ from: "2020-01-01T00:00:00Z", flag: "other" })).toEqual(Array(3).fill("flag.created"));
  });

  it("shows one event with what was before and after, and no other organisation's", async () => {
    await here.callerAs("editor").flags.create({ ...here.inProject, key: "new-checkout" });
    const [event] = (await list({ environment: "production", action: "flag.created" })).items;
    const id = event?.id ?? 0;

    const entry = await here.callerAs("owner").audit.get({ organisation: here.organisation.slug, id });

    expect(entry).toMatchObject({ id, actor: "Ed Editor", address: "203.0.113.7", requestId: "test", seal: null });
    expect(JSON.stringify(entry.after)).toContain("new-checkout");
    await expect(here.callerAs("stranger").audit.get({ organisation: here.foreign.slug, id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("pages without gap or overlap", async () => {
    for (const key of ["a", "b", "c"]) await here.callerAs("editor").flags.create({ ...here.inProject, key });
    const all = (await list({ limit: 100 })).items.map((it) => it.id);
    const paged: number[] = [];

    for (let next: string | null | undefined; next !== null; ) {
      const page = await list({ limit: 2, ...(next && { after: next }) });
      paged.push(...page.items.map((it) => it.id));
      ({ next } = page);
    }

    expect(paged).toEqual(all);
  });

  it("[S-AUD-2] cannot be edited, deleted or emptied, and lets an address be forgotten", async () => {
    await here.db.transaction((tx) =>
      recordAudit(tx, {
        actor: system("test"),
        action: "test.done",
        subject: "test:1",
        organisationId: here.organisation.id,
        request: { address: "203.0.113.9", requestId: null },
      }),
    );
    const mine = and(eq(auditEvent.organisationId, here.organisation.id), eq(auditEvent.action, "test.done"));
    const refused = { cause: { code: "42501" } };

    await expect(here.db.update(auditEvent).set({ actor: "somebody" }).where(mine)).rejects.toMatchObject(refused);
    await expect(here.db.update(auditEvent).set({ address: "198.51.100.1" }).where(mine)).rejects.toMatchObject(refused);
    await expect(here.db.delete(auditEvent).where(mine)).rejects.toMatchObject(refused);
    await expect(here.db.execute("truncate audit_event")).rejects.toMatchObject(refused);
    await here.db.update(auditEvent).set({ address: null }).where(mine);
    expect(await here.db.select({ address: auditEvent.address, actor: auditEvent.actor }).from(auditEvent).where(mine)).toEqual([
      { address: null, actor: "system:test" },
    ]);
  });
});
