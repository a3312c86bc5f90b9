import type { JsonValue } from "@halyard/evaluator/model";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containing } from "../../testing/matchers.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { readSnapshot } from "../revisions/index.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const fresh = () => createWorld({ database: world.database });

const PRICE = {
  type: "object",
  properties: { price: { type: "number", minimum: 0 }, code: { type: "string", pattern: "^[A-Z]+$" } },
  required: ["price"],
  additionalProperties: false,
};

const badRequest = (path: string, message: string) => ({
  code: "BAD_REQUEST",
  cause: { details: { fields: [{ path, message: containing(message) }] } },
});

/** A flag `offer` of JSON, `{ "price": 1 }` everywhere, that takes whatever satisfies the schema. */
async function withOffer(valueSchema: unknown = PRICE, value: JsonValue = { price: 1 }) {
  const here = await fresh();
  const api = here.callerAs("editor");
  const wish = { ...here.inProject, key: "offer", valueType: "json", value, valueSchema } as never;
  const offer = await api.flags.create(wish);
  return { here, api, offer, of: { ...here.inProject, flag: "offer" }, ofState: { ...here.inEnvironment, flag: "offer" } };
}

let made = 0;
/** Makes a flag with the schema in the shared project; the value satisfies most of them. */
const create = (valueSchema: unknown, value: JsonValue = {}) =>
  world.callerAs("editor").flags.create({
    ...world.inProject,
    key: `made-${made++}`,
    valueType: "json",
    value,
    valueSchema,
  } as never);

describe("a flag with a schema", () => {
  it("takes every value that satisfies it, and shows it", async () => {
    const { api, offer, of, ofState } = await withOffer();

    const detail = await api.flags.setState({ ...ofState, value: { price: 0, code: "SALE" } });
    const summary = await api.variants.create({ ...of, key: "a", value: { price: 2 }, defaultWeight: 10 });

    expect(offer).toMatchObject({ valueSchema: PRICE, defaultValue: { price: 1 } });
    expect(detail).toMatchObject({ valueSchema: PRICE, state: { value: { price: 0, code: "SALE" } } });
    expect(summary.variants).toMatchObject([{ value: { price: 2 } }]);
  });

  it("names the place inside a value that does not, wherever the value is written", async () => {
    const { here, api, of, ofState } = await withOffer();
    await api.segments.create({ ...here.inProject, key: "staff", name: "Staff", rules: [] });
    const variant = (await api.variants.create({ ...of, key: "a", value: { price: 2 } })).variants[0];
    const before = here.announced.length;
    const value = { price: -1 };
    const refusal = badRequest("value.price", "must be >= 0");

    await expect(api.flags.setState({ ...ofState, value })).rejects.toMatchObject(refusal);
    await expect(api.variants.create({ ...of, key: "b", value })).rejects.toMatchObject(refusal);
    await expect(api.variants.update({ ...of, id: variant?.id ?? 0, value })).rejects.toMatchObject(refusal);
    await expect(api.overrides.set({ ...ofState, segment: "staff", enabled: true, value })).rejects.toMatchObject(refusal);
    const identity = { ...ofState, identifier: "ada", enabled: true, value };
    await expect(api.identityOverrides.set(identity)).rejects.toMatchObject(refusal);
    await expect(api.flags.update({ ...of, defaultValue: value })).rejects.toMatchObject(
      badRequest("defaultValue.price", "must be >= 0"),
    );
    expect(here.announced).toHaveLength(before);
  });

  const given = {
    "the flag's value": { value: {}, refusal: badRequest("value", "must have required property 'price'") },
    "no value at all": { refusal: badRequest("value", "must be object") },
    "a variant": {
      value: { price: 1 },
      variants: [{ key: "a", value: { price: 1, colour: "red" } }],
      refusal: badRequest("variants.0.value", "must not have the property `colour`"),
    },
  };
  it.each(Object.entries(given))("is not made with %s that does not satisfy it", async (_, { refusal, ...rest }) => {
    const here = await fresh();
    const wish = { ...here.inProject, key: "offer", valueType: "json", valueSchema: PRICE, ...rest } as never;

    await expect(here.callerAs("editor").flags.create(wish)).rejects.toMatchObject(refusal);
    await expect(here.callerAs("editor").flags.get({ ...here.inEnvironment, flag: "offer" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("may be of text or numbers, which may be none, but not boolean", async () => {
    const here = await fresh();
    const api = here.callerAs("editor");
    const percent = { ...here.inProject, key: "percent", valueType: "number", valueSchema: { maximum: 100 } } as const;
    await api.flags.create(percent);

    await expect(api.flags.setState({ ...here.inEnvironment, flag: "percent", value: 101 })).rejects.toMatchObject(
      badRequest("value", "must be <= 100"),
    );
    await expect(api.flags.create({ ...percent, key: "plain", valueType: "boolean" })).rejects.toMatchObject(
      badRequest("valueSchema", "boolean flag"),
    );
  });

  it("looks at a value's own properties only", async () => {
    const { api, ofState } = await withOffer(
      { properties: { constructor: { type: "string" }, toString: false }, required: ["valueOf"] },
      { valueOf: 1 },
    );

    await expect(api.flags.setState({ ...ofState, value: {} })).rejects.toMatchObject(badRequest("value", "'valueOf'"));
    await expect(api.flags.setState({ ...ofState, value: { valueOf: 1, constructor: 2 } })).rejects.toMatchObject(
      badRequest("value.constructor", "must be string"),
    );
    const state = await api.flags.setState({ ...ofState, value: { valueOf: 1, constructor: "x" } });
    expect(state.state.value).toEqual({ valueOf: 1, constructor: "x" });
  });

  it("keeps the promises of its formats, and counts decimals as people do", async () => {
    const { api, ofState } = await withOffer({ items: { format: "date-time" }, contains: { multipleOf: 0.01 } }, [19.99]);

    await expect(api.flags.setState({ ...ofState, value: [0.3, "2026-02-30T00:00:00Z"] })).rejects.toMatchObject(
      badRequest("value.1", 'must match format "date-time"'),
    );
    await api.flags.setState({ ...ofState, value: [0.3, "2026-02-28T00:00:00Z"] });
  });
});

describe("changing a schema", () => {
  it("is metadata: an audit event and no revision", async () => {
    const { here, api, of } = await withOffer();
    const before = here.announced.length;
    const snapshot = await readSnapshot(here.db, here.environments.production.id);

    const changed = await api.flags.update({ ...of, valueSchema: { type: "object" } });
    const removed = await api.flags.update({ ...of, valueSchema: null });
    await api.flags.update({ ...of, valueSchema: null });

    expect([changed.valueSchema, removed.valueSchema]).toEqual([{ type: "object" }, null]);
    expect(here.announced).toHaveLength(before);
    expect(await readSnapshot(here.db, here.environments.production.id)).toEqual(snapshot);
    const at = { organisation: here.organisation.slug };
    const { items } = await here
      .callerAs("owner")
      .audit.list({ ...at, ...{ project: here.project.slug, action: "flag.updated" } });
    const events = await Promise.all(items.map(({ id }) => here.callerAs("owner").audit.get({ ...at, id })));
    expect(events.map(({ before, after }) => [before, after])).toEqual([
      [{ valueSchema: { type: "object" } }, { valueSchema: null }],
      [{ valueSchema: PRICE }, { valueSchema: { type: "object" } }],
    ]);
  });

  it("is refused while a value anywhere does not satisfy it, naming each", async () => {
    const { here, api, of, ofState } = await withOffer(null, { price: -1 });
    await api.segments.create({ ...here.inProject, key: "staff", name: "Staff", rules: [] });
    await api.flags.setState({ ...ofState, value: { price: 5 } });
    await api.variants.create({ ...of, key: "a", value: { price: "a" } });
    await api.overrides.set({ ...ofState, segment: "staff", enabled: true, value: { price: -2 } });
    for (const identifier of ["ada", "bob"]) {
      await api.identityOverrides.set({ ...ofState, identifier, enabled: true, value: { price: -3 } });
    }

    const attempt = await api.flags.update({ ...of, valueSchema: PRICE }).catch((error: unknown) => error);

    expect(attempt).toMatchObject({ code: "CONFLICT" });
    const { message } = attempt as Error;
    for (const place of [
      "`defaultValue` of new environments (value.price: must be >= 0)",
      "variant `a` (value.price: must be number)",
      "environment `development`",
      "environment `staging`",
      "segment `staff` in `production`",
      "identity `ada` and 1 more in `production`",
    ]) {
      expect(message).toContain(place);
    }
    expect(message).not.toContain("environment `production`");
    expect((await api.flags.get(ofState)).valueSchema).toBeNull();
  });

  it("goes together with a new default, which only new environments get", async () => {
    const { here, api, of, ofState } = await withOffer(null, null);
    for (const environment of ["development", "staging", "production"]) {
      await api.flags.setState({ ...ofState, environment, value: { price: 5 } });
    }
    await expect(api.flags.update({ ...of, valueSchema: PRICE })).rejects.toMatchObject({
      message: containing("`defaultValue`"),
    });

    await api.flags.update({ ...of, valueSchema: PRICE, defaultValue: { price: 7 } });
    await here.callerAs("admin").environments.create({ ...here.inProject, name: "Later" });

    const detail = await api.flags.get({ ...ofState, environment: "later" });
    expect(detail.states.map((it) => it.value)).toEqual([{ price: 5 }, { price: 5 }, { price: 5 }, { price: 7 }]);
    expect(here.announced.filter((it) => it.kind === "flag.updated")).toMatchObject(
      [1, 2, 3].map(() => ({ subjects: ["flag:offer"] })),
    );
  });
});

describe("an import", () => {
  it("leaves a flag as it is whose schema the file's value does not satisfy, and says why", async () => {
    const { here, api, ofState } = await withOffer({ type: "string", maxLength: 3 }, "abc");
    const data = [
      { name: "offer", initial_value: "abcd", value: "abcd", enabled: true, default_enabled: true, type: "STANDARD" },
    ];
    const input = { ...here.inProject, data, existing: "overwrite" } as never;

    const report = await here.callerAs("admin").imports.run(input);

    expect(report.entries).toMatchObject([{ name: "offer", action: "skipped" }]);
    expect((await api.flags.get(ofState)).state.value).toBe("abc");
  });
});

describe("a schema that is none", () => {
  it.each([
    ["a list", [], "valueSchema"],
    ["a number", 1, "valueSchema"],
    ["a type nobody knows", { properties: { price: { type: "money" } } }, "valueSchema.properties.price.type"],
    ["a negative length", { minLength: -1 }, "valueSchema.minLength"],
    ["a keyword nobody knows", { allOf: [{ minimun: 1 }] }, "valueSchema.allOf.0.minimun"],
    ["a keyword of an older draft", { definitions: {} }, "valueSchema.definitions"],
    ["another draft", { $schema: "http://json-schema.org/draft-07/schema#" }, "valueSchema.$schema"],
    ["a name within", { items: { $id: "https://example.com/a" } }, "valueSchema.items.$id"],
    ["a reference to elsewhere", { $ref: "https://example.com/a.json" }, "valueSchema.$ref"],
    ["a reference to a file", { items: { $ref: "file:///etc/passwd" } }, "valueSchema.items.$ref"],
    ["a reference to nothing", { $ref: "#/$defs/a" }, "valueSchema.$ref"],
    ["a reference to what every object has", { $ref: "#/constructor" }, "valueSchema.$ref"],
    ["a reference to a bad escape", { $ref: "#/%" }, "valueSchema.$ref"],
    ["a dynamic reference", { $dynamicRef: "#a" }, "valueSchema.$dynamicRef"],
    ["a format that is not checked", { format: "iri" }, "valueSchema.format"],
    ["a pattern with look-ahead", { pattern: "(?=a)" }, "valueSchema.pattern"],
    ["a property pattern that is none", { patternProperties: { "(": true } }, "valueSchema.patternProperties.("],
    ["two anchors of one name", { $defs: { a: { $anchor: "x" }, b: { $anchor: "x" } } }, "valueSchema"],
    ["more than 500 schemas", { anyOf: Array.from({ length: 500 }, () => true) }, "valueSchema.anyOf.499"],
    ["more than 20,000 characters", { description: "x".repeat(20_001) }, "valueSchema"],
    ["a property no value can have", JSON.parse('{"properties":{"__proto__":false}}'), "valueSchema"],
    ["NUL", { const: "\0" }, "valueSchema"],
  ])("is refused, naming the place: %s", async (_, schema, path) => {
    await expect(create(schema)).rejects.toMatchObject({ code: "BAD_REQUEST", message: expect.stringMatching(/./) as string });
    const refusal = await create(schema).catch((error: unknown) => error);
    const { details, issues } = (refusal as { cause: { details?: { fields: unknown[] }; issues?: { path: string[] }[] } }).cause;
    const paths = details ? details.fields : (issues ?? []).map((it) => ({ path: it.path.join(".") }));
    expect(paths[0]).toMatchObject({ path });
  });

  it("is refused when it is deeper than a value may be", async () => {
    let deep: JsonValue = true;
    for (let level = 0; level < 5_000; level++) deep = { not: deep };

    await expect(create(deep)).rejects.toMatchObject({ code: "BAD_REQUEST", message: containing("deep") });
  });
});

describe("a schema made to hurt", () => {
  it("matches a pattern that backtracks for ever elsewhere at once", async () => {
    const { api, ofState } = await withOffer({ pattern: "^(a+)+$" }, "a");
    const start = performance.now();

    await expect(api.flags.setState({ ...ofState, value: `${"a".repeat(19_000)}!` })).rejects.toMatchObject(
      badRequest("value", "must match pattern"),
    );
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("tells apart the patterns of one schema", async () => {
    const schema = {
      properties: { a: { pattern: "^a$" }, b: { pattern: "^b$" } },
      patternProperties: { "^c": { pattern: "c$" } },
    };
    const { api, ofState } = await withOffer(schema, { a: "a", b: "b", cc: "c" });

    await expect(api.flags.setState({ ...ofState, value: { b: "a" } })).rejects.toMatchObject(badRequest("value.b", '"^b$"'));
    await expect(api.flags.setState({ ...ofState, value: { cc: "d" } })).rejects.toMatchObject(badRequest("value.cc", '"c$"'));
  });

  it("may be true, and if it is false nothing satisfies it", async () => {
    await create(true);

    await expect(create(false)).rejects.toMatchObject(badRequest("value", "false"));
  });

  it("is stopped when its references multiply", async () => {
    const twice = (to: string) => ({ anyOf: [{ allOf: [{ $ref: `#/$defs/${to}` }, false] }, { $ref: `#/$defs/${to}` }] });
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`d${n}`, n === 39 ? { type: "null" } : twice(`d${n + 1}`)]),
    );

    await expect(create({ $defs, $ref: "#/$defs/d0" }, 1)).rejects.toMatchObject(badRequest("value", "too long"));
    // The next one is checked as ever.
    await expect(create(PRICE, { price: -1 })).rejects.toMatchObject(badRequest("value.price", "must be >= 0"));
  });

  it("is refused when it refers to itself without an end, and may when the value ends it", async () => {
    const loop = { $ref: "#" };
    await expect(create(loop, 1)).rejects.toMatchObject({ code: "BAD_REQUEST" });

    const tree = { type: "object", properties: { left: { $ref: "#" } }, additionalProperties: false };
    await create(tree, { left: { left: {} } });
    await expect(create(tree, { left: { right: {} } })).rejects.toMatchObject(badRequest("value.left", "`right`"));
  });

  it("may have the name of another, which stays what it was", async () => {
    const $id = "https://json-schema.org/draft/2020-12/schema";
    await create({ $id, type: "object" });
    await create({ $id, type: "string" }, "x");

    await expect(create({ $id, type: "object" }, "x")).rejects.toMatchObject(badRequest("value", "must be object"));
  });

  it("never makes an error of ours, whatever it is", async () => {
    const keyword = fc.constantFrom(
      ...["type", "enum", "const", "pattern", "$ref", "$anchor", "items", "properties", "allOf", "if", "then", "required"],
      ...["minLength", "multipleOf", "dependentRequired", "format", "$id", "$schema", "constructor", "toString", "$defs"],
    );
    const { schema } = fc.letrec<{ schema: unknown; leaf: unknown }>((tie) => ({
      leaf: fc.oneof(fc.jsonValue(), fc.constantFrom("#", "#/$defs/a", "string", "(", "a*", "hasOwnProperty"), fc.nat(5)),
      schema: fc.oneof(
        { maxDepth: 3 },
        tie("leaf"),
        fc.dictionary(keyword, fc.oneof(tie("schema"), tie("leaf"), fc.array(tie("schema"), { maxLength: 3 })), { maxKeys: 4 }),
      ),
    }));
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(schema, fc.jsonValue(), async (valueSchema, value) => {
        const outcome = await create(valueSchema, value as JsonValue).then(
          () => "made",
          (error: unknown) => (error as { code: string }).code,
        );
        outcomes.add(outcome);
        expect(["made", "BAD_REQUEST"]).toContain(outcome);
      }),
      { numRuns: 400 },
    );
    expect([...outcomes].sort()).toEqual(["BAD_REQUEST", "made"]);
  });
});
