import type { World } from "./world.ts";

/** A valid input for every procedure that works inside a project, after {@link furnish}. What deletes comes last. */
export function validInputs(world: World, ids: FurnishedIds): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const { inProject, inEnvironment } = world;
  const rules = [{ type: "ALL", conditions: [{ operator: "EQUAL", property: "plan", value: "pro" }], rules: [] }];
  return {
    "audit.list": {
      organisation: world.organisation.slug,
      actor: "user:x",
      action: "flag",
      project: "web-shop",
      environment: "production",
      flag: "colour",
      from: "2026-01-01T00:00:00Z",
      to: "2027-01-01T00:00:00Z",
      q: "o",
      limit: 5,
    },
    "audit.get": { organisation: world.organisation.slug, id: ids.auditEvent },
    "evaluations.run": { ...inEnvironment, targetingKey: "ada", attributes: { plan: "pro", age: 3, beta: true, gone: null } },
    "evaluations.explain": { ...inEnvironment, flag: "colour", targetingKey: "ada", attributes: { plan: "pro" } },
    "evaluations.replay": { ...inEnvironment, token: ids.token, targetingKey: "ada", attributes: { plan: "pro" } },
    "flags.list": {
      ...inEnvironment,
      q: "o",
      tag: ["shop"],
      owner: "x",
      state: "on",
      archived: false,
      sort: "created",
      limit: 5,
    },
    "flags.get": { ...inEnvironment, flag: "colour" },
    "usage.flags": inEnvironment,
    "usage.flag": { ...inEnvironment, flag: "colour", period: "7d" },
    "flags.create": {
      ...inProject,
      key: "size",
      description: "Size",
      valueType: "json",
      enabled: true,
      value: { a: [1, "b", null] },
      variants: [{ key: "big", value: { a: 2 }, weight: 12.5 }],
      serverOnly: true,
      tags: ["shop"],
      comment: "why",
    },
    "flags.update": {
      ...inProject,
      flag: "colour",
      description: "Colour of the button",
      serverOnly: false,
      tags: ["shop"],
      owners: [world.actors.editor.userId],
      comment: "why",
    },
    "flags.setEnabled": { ...inEnvironment, flag: "colour", enabled: true, comment: "why" },
    "flags.setState": {
      ...inEnvironment,
      flag: "colour",
      enabled: true,
      value: "green",
      weights: [{ variant: "blue", weight: 30 }],
      bucketBy: "company",
      expectedVersion: 1_000_000,
      comment: "why",
    },
    "flags.setPrerequisites": {
      ...inEnvironment,
      flag: "colour",
      prerequisites: [{ flag: "base", enabled: true, variant: null }],
      expectedVersion: 1_000_000,
      comment: "why",
    },
    "variants.create": { ...inProject, flag: "colour", key: "yellow", value: "#ff0", defaultWeight: 0 },
    "variants.update": {
      ...inProject,
      flag: "colour",
      id: ids.variant,
      key: "blue",
      value: "#00f",
      expected: { environment: "production", version: 1_000_000 },
      comment: "why",
    },
    "overrides.set": {
      ...inEnvironment,
      flag: "colour",
      segment: "pros",
      enabled: true,
      value: "gold",
      weights: [{ variant: "blue", weight: 50 }],
      bucketBy: "company",
      priority: 0,
      comment: "why",
    },
    "overrides.reorder": { ...inEnvironment, flag: "colour", segments: ["pros"], comment: "why" },
    "identityOverrides.set": {
      ...inEnvironment,
      identifier: "ada",
      flag: "colour",
      enabled: true,
      value: "own",
      weights: [{ variant: "blue", weight: 100 }],
      bucketBy: null,
      comment: "why",
    },
    "identities.list": { ...inEnvironment, q: "a", limit: 5 },
    "identities.get": { ...inEnvironment, identifier: "ada" },
    "identities.create": { ...inEnvironment, identifier: "bob", traits: { plan: "pro", age: 40 } },
    "identities.setTrait": { ...inEnvironment, identifier: "ada", key: "plan", value: "pro" },
    "identities.deleteTrait": { ...inEnvironment, identifier: "ada", key: "plan" },
    "live.project": { ...inProject },
    "revisions.list": { ...inEnvironment, subject: "flag:colour", limit: 5 },
    "revisions.get": { ...inEnvironment, version: 1 },
    "segments.list": { ...inProject, q: "p", limit: 5 },
    "segments.get": { ...inProject, segment: "pros" },
    "segments.create": { ...inProject, name: "New", key: "new", description: "", rules, comment: "why" },
    "segments.update": {
      ...inProject,
      segment: "pros",
      name: "Pros",
      description: "x",
      rules,
      expectedVersion: 1,
      comment: "why",
    },
    "segments.listItems": { ...inProject, segment: "customers", path: [0, 0], q: "a", limit: 5 },
    "segments.editList": {
      ...inProject,
      segment: "customers",
      path: [0, 0],
      added: ["acme"],
      removed: ["initech"],
      expectedVersion: 1,
      comment: "why",
    },
    "tags.list": inProject,
    "tags.create": { ...inProject, label: "fresh", colour: "#112233", description: "" },
    "tags.update": { ...inProject, id: ids.tag, label: "shop", colour: "#445566", description: "x" },
    "overrides.delete": { ...inEnvironment, flag: "colour", segment: "pros" },
    "identityOverrides.delete": { ...inEnvironment, identifier: "ada", flag: "colour" },
    "identities.delete": { ...inEnvironment, identifier: "ada" },
    "variants.delete": { ...inProject, flag: "colour", id: ids.variant },
    "segments.delete": { ...inProject, segment: "pros", force: true },
    "tags.delete": { ...inProject, id: ids.tag },
    "flags.archive": { ...inProject, flag: "colour", archived: true, comment: "why" },
    "flags.delete": { ...inProject, flag: "colour", confirm: "colour" },
  };
}

export interface FurnishedIds {
  readonly variant: number;
  readonly tag: number;
  readonly auditEvent: number;
  /** Of a decision for `ada` with the plan `pro`. */
  readonly token: string;
}

/** A flag `colour` with a variant, overrides of the segment `pros` and the identity `ada`, a flag `base`, a list `customers`, and the tag `shop`. */
export async function furnish(world: World): Promise<FurnishedIds> {
  const { inProject, inEnvironment } = world;
  const api = world.callerAs("editor");
  const tag = await api.tags.create({ ...inProject, label: "shop" });
  const flag = await api.flags.create({
    ...inProject,
    key: "colour",
    valueType: "string",
    value: "red",
    variants: [{ key: "blue", value: "#00f", weight: 20 }],
    tags: ["shop"],
  });
  await api.segments.create({
    ...inProject,
    name: "Pros",
    rules: [{ type: "ALL", conditions: [{ operator: "EQUAL", property: "plan", value: "pro" }], rules: [] }],
  });
  await api.flags.create({ ...inProject, key: "base" });
  await api.segments.create({
    ...inProject,
    name: "Customers",
    rules: [{ type: "ALL", conditions: [{ operator: "IN", property: "company", value: ["initech", "umbrella"] }], rules: [] }],
  });
  await api.overrides.set({ ...inEnvironment, flag: "colour", segment: "pros", enabled: true, value: "gold" });
  await api.identityOverrides.set({ ...inEnvironment, flag: "colour", identifier: "ada", enabled: true, value: "own" });
  await api.identities.setTrait({ ...inEnvironment, identifier: "ada", key: "plan", value: "pro" });
  const { items: events } = await api.audit.list({ organisation: world.organisation.slug, limit: 1 });
  const context = { targetingKey: "ada", attributes: { plan: "pro" } };
  const { token } = await api.evaluations.explain({ ...inEnvironment, flag: "colour", ...context });
  return { variant: flag.variants[0]?.id ?? 0, tag: tag.id, token, auditEvent: events[0]?.id ?? 0 };
}

type Caller = ReturnType<World["callerAs"]>;

/** Calls a procedure by its path with anything at all. A subscription is begun and ended. */
export async function call(caller: Caller, path: string, input: unknown): Promise<unknown> {
  const procedure = path.split(".").reduce((at: unknown, key) => (at as Record<string, unknown>)[key], caller);
  const result: unknown = await (procedure as (input: unknown) => Promise<unknown>)(input);
  if (isAsyncIterable(result)) await result[Symbol.asyncIterator]().return?.();
  return result;
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;
