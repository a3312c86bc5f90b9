import {
  environment as environmentTable,
  evaluationCount,
  flag,
  flagState,
  identity,
  segmentOverride,
  variant,
} from "@halyard/db/schema";
import { openTestDatabase } from "@halyard/db/testing";
import { and, eq } from "drizzle-orm";
import { fastify } from "fastify";
import { pino } from "pino";
import { system } from "../../../actor.ts";
import { createEvaluationCounts } from "../../../features/analytics/index.ts";
import { createGarden } from "../../../features/delivery/testing/garden.ts";
import { withRevision } from "../../../features/revisions/index.ts";
import { registerFlagsmith } from "../index.ts";

type Settings = Partial<
  Pick<typeof environmentTable.$inferInsert, "hideDisabledFlags" | "allowClientTraits" | "hideSensitiveData">
>;

/** The door on a real port over a real database, with a shop's flags in it. */
export async function openDoor(settings: Settings = {}) {
  const database = await openTestDatabase();
  const garden = await createGarden(database);
  const { db, environment } = garden;
  await db
    .update(environmentTable)
    .set({ colour: "#3366cc", ...settings })
    .where(eq(environmentTable.id, environment.id));
  const ids = {
    checkout: await garden.addFlag(undefined, { key: "checkout", enabled: true, valueType: "string", value: "old" }),
    banner: await garden.addFlag(undefined, { key: "Banner_Colour", enabled: true, valueType: "string", value: "grey" }),
    dark: await garden.addFlag(undefined, { key: "dark", enabled: false }),
    secret: await garden.addFlag(undefined, { key: "secret", enabled: true, serverOnly: true }),
  };
  const options = await db
    .insert(variant)
    .values([
      { flagId: ids.banner, key: "blue", value: "blue" },
      { flagId: ids.banner, key: "red", value: "red" },
    ])
    .returning();
  await db
    .update(flagState)
    .set({ weights: options.map((option) => ({ variantId: option.id, weight: 40 })) })
    .where(eq(flagState.flagId, ids.banner));
  const professionals = await garden.addSegment(undefined, "professionals", [
    { type: "ALL", rules: [], conditions: [{ operator: "EQUAL", property: "plan", value: "pro" }] },
  ]);
  await db.insert(segmentOverride).values({
    environmentId: environment.id,
    flagId: ids.checkout,
    segmentId: professionals,
    priority: 0,
    enabled: true,
    value: "new",
  });
  const clientKey = await garden.addKey(undefined, "client");
  const serverKey = await garden.addKey(undefined, "server");

  const node = garden.createNode();
  const counts = createEvaluationCounts({ db, log: pino({ level: "silent" }) });
  const app = fastify();
  registerFlagsmith(app, { delivery: node, counts });
  const address = await app.listen({ port: 0, host: "127.0.0.1" });

  let isLost = false;
  return {
    garden,
    node,
    ids,
    address,
    clientKey,
    serverKey,
    /** `key` is a header, `body` is sent as JSON. */
    ask: (path: string, { key, body, headers, method }: Asking = {}) =>
      fetch(`${address}${path}`, {
        method: method ?? (body === undefined ? "GET" : "POST"),
        headers: {
          ...(key !== undefined && { "X-Environment-Key": key }),
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    /** Overrides a flag for somebody, as a colleague in the dashboard does. */
    async overrideFor(identifier: string, flagId: number, enabled: boolean) {
      await node.identities.write(environment.id, identifier, { known: true });
      await garden.overrideForIdentity(node, { identifier, flagId, enabled });
    },
    async hideDisabled(hideDisabledFlags: boolean) {
      await withRevision(
        { db, announce: (revisions) => node.announce(revisions) },
        {
          actor: system("test"),
          kind: "environment.updated",
          project: garden.world.project.id,
          environments: [environment.id],
          touches: { settings: true },
        },
        async (tx) => {
          await tx.update(environmentTable).set({ hideDisabledFlags }).where(eq(environmentTable.id, environment.id));
          return { result: undefined };
        },
      );
    },
    storedIdentities: async () =>
      (await db.select().from(identity).where(eq(identity.environmentId, environment.id))).map((row) => row.identifier),
    async countsOf(flagKey: string) {
      await counts.flush();
      const rows = await db
        .select()
        .from(evaluationCount)
        .where(and(eq(evaluationCount.environmentId, environment.id), eq(evaluationCount.flagKey, flagKey)));
      return rows.map(({ enabled, count }) => ({ enabled, count })).sort((a, b) => Number(a.enabled) - Number(b.enabled));
    },
    projectFlags: () => db.select().from(flag).where(eq(flag.projectId, garden.world.project.id)),
    async loseDatabase() {
      isLost = true;
      await database.close();
    },
    async close() {
      await app.close();
      await counts.close();
      await garden.close();
      if (!isLost) await database.close();
    },
  };
}

interface Asking {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

export type Door = Awaited<ReturnType<typeof openDoor>>;
