import { randomBytes } from "node:crypto";
import type { Database, Db } from "@halyard/db";
import {
  environmentKey,
  environment as environmentTable,
  flag,
  flagState,
  identity,
  identityOverride,
  segmentOverride,
} from "@halyard/db/schema";
import type { AttributeValue, JsonValue, Rule, ValueType } from "@halyard/evaluator";
import { and, eq } from "drizzle-orm";
import { type Logger, pino } from "pino";
import { system } from "../../../actor.ts";
import { createWorld } from "../../../testing/world.ts";
import { makeClientKey, makeSecretKey } from "../../keys/index.ts";
import { type RevisionStore, withRevision } from "../../revisions/index.ts";
import { insertSegment } from "../../segments/index.ts";
import { createDelivery, type DeliveryOptions } from "../create-delivery.ts";
import type { Delivery } from "../delivery.ts";

interface NewFlag {
  readonly key: string;
  readonly enabled?: boolean;
  readonly valueType?: ValueType;
  readonly value?: JsonValue;
  readonly serverOnly?: boolean;
}

export type NodeOptions = Partial<Omit<DeliveryOptions, "db">> & { readonly db?: Db };

/** One environment to grow flags in, and as many nodes over its database as a test wants. */
export async function createGarden(database: Database) {
  const world = await createWorld({ database });
  const { db } = database;
  const environment = world.environments.production;
  const nodes: Delivery[] = [];
  const actor = system("test");

  /** A node of its own: what it announces only others hear that share its Redis or look into the database. */
  const createNode = (options: NodeOptions = {}): Delivery => {
    const node = createDelivery({ db, log: silent, pollMs: 200, ...options });
    nodes.push(node);
    return node;
  };
  const storeOf = (node: Delivery | undefined): RevisionStore => ({ db, announce: (revisions) => node?.announce(revisions) });
  const request = { actor, project: world.project.id, environments: [environment.id] };

  return {
    world,
    db,
    environment,
    createNode,
    /** @param node who writes and announces; nobody announces without it */
    async addFlag(node: Delivery | undefined, wish: NewFlag): Promise<number> {
      const { result } = await withRevision(
        storeOf(node),
        { ...request, environments: "all", kind: "flag.created", touches: {} },
        async (tx, environments) => {
          const { key, valueType = "boolean", enabled = false, value = null, serverOnly = false } = wish;
          const rows = await tx.insert(flag).values({ projectId: world.project.id, key, valueType, serverOnly }).returning();
          const { id } = first(rows);
          await tx.insert(flagState).values(environments.map((it) => ({ flagId: id, environmentId: it.id, enabled, value })));
          return { result: id, touched: { flags: [id] } };
        },
      );
      return result;
    },
    async setFlag(node: Delivery | undefined, id: number, state: { readonly enabled: boolean; readonly value?: JsonValue }) {
      const { versions } = await withRevision(
        storeOf(node),
        { ...request, kind: "flag.state", touches: { flags: [id] } },
        async (tx) => {
          await tx
            .update(flagState)
            .set(state)
            .where(and(eq(flagState.flagId, id), eq(flagState.environmentId, environment.id)));
          return { result: undefined };
        },
      );
      return versions.get(environment.id) ?? 0;
    },
    async addSegment(node: Delivery | undefined, key: string, rules: readonly Rule[]): Promise<number> {
      const { result } = await withRevision(
        storeOf(node),
        { ...request, environments: "all", kind: "segment.created", touches: {} },
        async (tx) => {
          const { id } = await insertSegment(tx, { projectId: world.project.id, key, name: key, rules });
          return { result: id, touched: { segments: [id] } };
        },
      );
      return result;
    },
    async overrideForSegment(
      node: Delivery | undefined,
      { flagId, segmentId, enabled }: { readonly flagId: number; readonly segmentId: number; readonly enabled: boolean },
    ) {
      await withRevision(storeOf(node), { ...request, kind: "override.set", touches: { flags: [flagId] } }, async (tx) => {
        await tx.insert(segmentOverride).values({ environmentId: environment.id, flagId, segmentId, priority: 0, enabled });
        return { result: undefined };
      });
    },
    async overrideForIdentity(
      node: Delivery | undefined,
      { flagId, identifier, enabled }: { readonly flagId: number; readonly identifier: string; readonly enabled: boolean },
    ) {
      const rows = await db
        .select()
        .from(identity)
        .where(and(eq(identity.environmentId, environment.id), eq(identity.identifier, identifier)));
      const { id: identityId } = first(rows);
      await withRevision(
        storeOf(node),
        { ...request, kind: "identity-override.set", touches: { identities: [identityId] } },
        async (tx) => {
          await tx.insert(identityOverride).values({ environmentId: environment.id, identityId, flagId, enabled });
          return { result: undefined };
        },
      );
    },
    async addKey(
      node: Delivery | undefined,
      kind: "client" | "server",
      { expiresAt = null }: { readonly expiresAt?: Date | null } = {},
    ): Promise<string> {
      const made = kind === "server" ? makeSecretKey("ser.") : publicKey();
      await withRevision(storeOf(node), { ...request, kind: "key.created", touches: {}, always: true }, async (tx) => {
        await tx.insert(environmentKey).values({
          environmentId: environment.id,
          kind,
          name: "test",
          keyId: made.keyId,
          secretHash: made.secretHash,
          expiresAt,
        });
        return { result: undefined };
      });
      return made.key;
    },
    async revokeKey(node: Delivery | undefined, key: string) {
      const keyId = key.startsWith("ser.") ? key.slice(4).split("_", 1).join("") : key;
      await withRevision(storeOf(node), { ...request, kind: "key.revoked", touches: {}, always: true }, async (tx) => {
        await tx.update(environmentKey).set({ revokedAt: new Date() }).where(eq(environmentKey.keyId, keyId));
        return { result: undefined };
      });
    },
    async hideDisabledFlags(node: Delivery | undefined) {
      await withRevision(storeOf(node), { ...request, kind: "environment.updated", touches: { settings: true } }, async (tx) => {
        await tx.update(environmentTable).set({ hideDisabledFlags: true }).where(eq(environmentTable.id, environment.id));
        return { result: undefined };
      });
    },
    traitsOf: async (node: Delivery, identifier: string): Promise<Record<string, AttributeValue>> => {
      const { traits } = await node.identities.traits(environment.id, identifier);
      return Object.fromEntries([...traits].map(([key, { value }]) => [key, value]));
    },
    async close() {
      for (const node of nodes) await node.close();
      await world.close();
    },
  };
}

export type Garden = Awaited<ReturnType<typeof createGarden>>;

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new TypeError("There is no row.");
  return row;
}

const silent: Logger = pino({ level: "silent" });

function publicKey() {
  const key = makeClientKey();
  return { key, keyId: key, secretHash: null };
}

export const word = (): string => randomBytes(4).toString("hex");
