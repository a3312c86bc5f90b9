import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditEvent, auditHead, auditSeal, revision } from "@halyard/db/schema";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";
import { removeAuditBefore, sealAudit } from "../audit/index.ts";
import { verificationJobs } from "./index.ts";
import { createSigningKey, isSignedBy } from "./signing-key.ts";
import { verifyHistory } from "./verify.ts";

let here: World;
// Every test breaks a chain, which all organisations of a database share.
beforeEach(async () => {
  here = await createWorld();
  await here.callerAs("editor").flags.create({ ...here.inProject, key: "new-checkout" });
  await here.callerAs("editor").flags.setEnabled({ ...here.inEnvironment, flag: "new-checkout", enabled: true });
  await sealAudit(here.db);
});
afterEach(() => here.close());

const verify = () => here.callerAs("owner").verification.run({ organisation: here.organisation.slug });

/** As somebody with the database's own rights would do it. */
async function asOwner(act: () => Promise<unknown>): Promise<void> {
  await here.db.execute(sql`alter table audit_event disable trigger user`);
  await here.db.execute(sql`alter table audit_seal disable trigger user`);
  await here.db.execute(sql`alter table audit_head disable trigger user`);
  await here.db.execute(sql`alter table revision disable trigger user`);
  await act();
}

async function eventAt(index: number) {
  const rows = await here.db.select().from(auditEvent).orderBy(asc(auditEvent.id));
  const row = rows.at(index);
  if (!row) throw new Error(`There is no event ${index}.`);
  return row;
}

describe("verification", () => {
  it("passes what nobody has touched, also while new events come", async () => {
    await here.callerAs("editor").flags.setEnabled({ ...here.inEnvironment, flag: "new-checkout", enabled: false });

    const before = await verify();
    await sealAudit(here.db);
    const after = await verify();

    expect(before).toMatchObject({ ok: true, break: null, seals: 1, revisions: 8 });
    expect(after).toMatchObject({ ok: true, seals: 2, events: before.events + 1 });
  });

  it("seals a row in a later seal that was committed after one with a higher id", async () => {
    const late = { ...(await eventAt(0)), id: undefined, seal: null, link: null };
    const reserved = (await eventAt(-1)).id + 1;
    await here.db.execute(sql`select nextval(pg_get_serial_sequence('audit_event', 'id'))`);
    await here.db.insert(auditEvent).values(late);
    await sealAudit(here.db);
    await here.db
      .insert(auditEvent)
      .overridingSystemValue()
      .values({ ...late, id: reserved });

    expect(await sealAudit(here.db)).toBe(1);

    expect(await verify()).toMatchObject({ ok: true, seals: 3 });
  });

  it("names the event whose text was edited", async () => {
    const row = await eventAt(-2);
    await asOwner(() =>
      here.db
        .update(auditEvent)
        .set({ body: row.body.replace("user:", "user:x") })
        .where(eq(auditEvent.id, row.id)),
    );

    expect(await verify()).toMatchObject({ ok: false, break: { kind: "event", what: `event ${row.id}` } });
  });

  it("names the event that is found by something else than its text says", async () => {
    const row = await eventAt(1);
    await asOwner(() => here.db.update(auditEvent).set({ actor: "user:mallory" }).where(eq(auditEvent.id, row.id)));

    expect(await verify()).toMatchObject({ ok: false, break: { kind: "event", what: `event ${row.id}` } });
  });

  it("notices an event that was deleted, the last one, and a seal", async () => {
    const [middle, last] = [await eventAt(1), await eventAt(-1)];
    await asOwner(() => here.db.delete(auditEvent).where(eq(auditEvent.id, last.id)));
    const withoutLast = await verify();
    await here.db.delete(auditEvent).where(eq(auditEvent.id, middle.id));
    const withoutMiddle = await verify();
    await here.db.delete(auditSeal);
    const withoutSeal = await verify();

    expect(withoutLast.break).toMatchObject({ kind: "seal", what: "seal 1" });
    expect(withoutMiddle.break).toMatchObject({ kind: "event" });
    expect(withoutSeal.break).toMatchObject({ kind: "seal", what: "seal 1" });
  });

  it("says of another organisation's event only that it is broken", async () => {
    await here.callerAs("stranger").projects.create({ organisation: here.foreign.slug, name: "Theirs" });
    await sealAudit(here.db);
    const [theirs] = await here.db.select().from(auditEvent).where(eq(auditEvent.organisationId, here.foreign.id)).limit(1);
    await asOwner(() =>
      here.db
        .update(auditEvent)
        .set({ action: "x.y" })
        .where(eq(auditEvent.id, theirs?.id ?? 0)),
    );

    expect(await verify()).toMatchObject({ ok: false, break: { what: "an event of another organisation" } });
  });

  it("names the revision that was edited or is missing", async () => {
    const at = and(eq(revision.environmentId, here.environments.production.id), eq(revision.version, 2));
    await asOwner(() =>
      here.db
        .update(revision)
        .set({ body: sql`replace(${revision.body}, 'new-checkout', 'old-checkout')` })
        .where(at),
    );
    const edited = await verify();
    await here.db.delete(revision).where(at);
    const missing = await verify();

    expect(edited.break).toMatchObject({ kind: "revision", what: "production of web-shop, version 2" });
    expect(missing.break).toMatchObject({ kind: "revision", what: "production of web-shop, version 2", why: "It is missing." });
  });

  it("still verifies after retention, and not without it", async () => {
    const later = Date.now() + 10_000;
    expect(await removeAuditBefore(here.db, new Date(later))).toBeGreaterThan(0);
    const options = { organisationId: here.organisation.id, now: later + 86_400_000 };

    expect(await verifyHistory(here.db, { ...options, retentionDays: 1 })).toMatchObject({ ok: true, events: 0, seals: 1 });
    expect(await verifyHistory(here.db, { ...options, retentionDays: undefined })).toMatchObject({
      ok: false,
      break: { kind: "seal" },
    });
  });
});

describe("the daily head", () => {
  const key = createSigningKey("a secret only for tests, thirty-two long");
  const jobsWith = (keepers: { folder?: string; url?: string }, now = Date.UTC(2026, 10, 24, 1)) =>
    verificationJobs({ db: here.db, key, keepers, retentionDays: undefined, now: () => now });
  const makeHead = (folder: string) =>
    jobsWith({ folder })
      .find((job) => job.name === "audit.head")
      ?.run(new AbortController().signal);

  it("is signed, made once a day and written outside", async () => {
    const folder = mkdtempSync(join(tmpdir(), "halyard-heads-"));
    await makeHead(folder);
    await here.callerAs("editor").flags.setEnabled({ ...here.inEnvironment, flag: "new-checkout", enabled: false });
    await makeHead(folder);

    const { items, publicKey } = await here.callerAs("owner").verification.heads({ organisation: here.organisation.slug });
    const [head] = items;
    const kept = JSON.parse(readFileSync(join(folder, "halyard-head-2026-11-24.json"), "utf8")) as unknown;

    expect(items).toHaveLength(1);
    expect(kept).toEqual(head);
    expect(isSignedBy(publicKey, head?.body ?? "", head?.signature ?? "")).toBe(true);
    expect(isSignedBy(publicKey, `${head?.body ?? ""} `, head?.signature ?? "")).toBe(false);
    expect(await verify()).toMatchObject({ ok: true, heads: 1 });
  });

  it("tells of a log that was written anew from some point on", async () => {
    await makeHead(mkdtempSync(join(tmpdir(), "halyard-heads-")));
    await asOwner(async () => {
      await here.db.update(auditEvent).set({ seal: null, link: null });
      await here.db.delete(auditSeal);
      const last = await here.db.select({ id: auditEvent.id }).from(auditEvent).orderBy(desc(auditEvent.id)).limit(1);
      await here.db.delete(auditEvent).where(eq(auditEvent.id, last[0]?.id ?? 0));
      await sealAudit(here.db);
    });

    expect(await verify()).toMatchObject({ ok: false, break: { kind: "head", what: "head of 2026-11-24" } });
  });

  it("tells of a head whose text was edited", async () => {
    await makeHead(mkdtempSync(join(tmpdir(), "halyard-heads-")));
    await asOwner(() => here.db.update(auditHead).set({ body: sql`replace(${auditHead.body}, '"seal":1', '"seal":0')` }));

    expect(await verify()).toMatchObject({ ok: false, break: { kind: "head", why: "Its signature is not that of its text." } });
  });
});
