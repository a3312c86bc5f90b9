import { afterAll, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "./testing/server.ts";

interface Answer {
  readonly identifier: string;
  readonly traits: readonly { readonly trait_key: string; readonly trait_value: unknown }[];
  readonly flags: readonly {
    readonly enabled: boolean;
    readonly feature_state_value: unknown;
    readonly variant: string | null;
    readonly reason: string;
    readonly feature: { readonly name: string };
  }[];
}

let door: Door;
let serial = 0;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const somebody = () => `user-${++serial}`;
const pro = { trait_key: "plan", trait_value: "pro" };
const post = (body: unknown, key = door.serverKey) => door.ask("/api/v1/identities/", { key, body });
const identify = async (body: unknown, key = door.serverKey) => (await (await post(body, key)).json()) as Answer;
const read = async (query: string, key = door.serverKey) =>
  (await (await door.ask(`/api/v1/identities/?${query}`, { key })).json()) as Answer;
const flagOf = (answer: Answer, name: string) => answer.flags.find((one) => one.feature.name === name)!;
const traitsOf = (answer: Answer) => Object.fromEntries(answer.traits.map((one) => [one.trait_key, one.trait_value]));

it("decides by the traits of the request and remembers them for the next read", async () => {
  const identifier = somebody();

  const first = await identify({ identifier, traits: [pro] });
  const next = await read(`identifier=${identifier}`);

  expect(flagOf(first, "checkout")).toMatchObject({
    feature_state_value: "new",
    reason: "TARGETING_MATCH; segment=professionals",
    variant: null,
  });
  expect(first.identifier).toBe(identifier);
  expect(flagOf(next, "checkout").feature_state_value).toBe("new");
  expect(traitsOf(next)).toEqual({ plan: "pro" });
});

it("lets the request win, deletes on null, and gives stored traits their ids", async () => {
  const identifier = somebody();
  await identify({ identifier, traits: [pro, { trait_key: "age", trait_value: 7 }] });

  const changed = await identify({ identifier, traits: [{ trait_key: "plan", trait_value: "free" }] });
  const without = await identify({ identifier, traits: [{ trait_key: "age", trait_value: null }] });
  const stored = await read(`identifier=${identifier}`);

  expect(flagOf(changed, "checkout").feature_state_value).toBe("old");
  expect(traitsOf(without)).toEqual({ plan: "free" });
  expect(stored.traits).toEqual([
    { id: expect.any(Number) as unknown, trait_key: "plan", trait_value: "free", transient: false },
  ]);
});

it.each([
  ["a read", (identifier: string) => read(`identifier=${identifier}`)],
  ["somebody without traits", (identifier: string) => identify({ identifier })],
  ["a transient identity", (identifier: string) => identify({ identifier, transient: true, traits: [pro] })],
  ["transient traits", (identifier: string) => identify({ identifier, traits: [{ ...pro, transient: true }] })],
])("stores nothing for %s", async (_, act) => {
  const identifier = somebody();

  await act(identifier);

  expect(await door.storedIdentities()).not.toContain(identifier);
});

it("takes transient=false for false, and refuses what is neither true nor false", async () => {
  const identifier = somebody();

  await identify({ identifier, transient: "false", traits: [pro] });
  const wrong = await door.ask(`/api/v1/identities/?identifier=x&transient=perhaps`, { key: door.clientKey });

  expect(await door.storedIdentities()).toContain(identifier);
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toHaveProperty("transient");
});

it("uses what is stored of a transient identity, with the request over it", async () => {
  const identifier = somebody();
  await identify({ identifier, traits: [pro] });

  const answer = await identify({ identifier, transient: true, traits: [{ trait_key: "city", trait_value: "Ulm" }] });

  expect(flagOf(answer, "checkout").feature_state_value).toBe("new");
  expect(traitsOf(await read(`identifier=${identifier}`))).toEqual({ plan: "pro" });
});

it("puts everybody in the same variant each time, and splits people", async () => {
  const variants = new Map<string | null, number>();
  for (let i = 0; i < 60; i++) {
    const [a, b] = [await read(`identifier=split-${i}`), await identify({ identifier: `split-${i}` })];
    const { variant, feature_state_value: value } = flagOf(a, "Banner_Colour");
    expect(flagOf(b, "Banner_Colour").variant).toBe(variant);
    expect(value).toBe(variant === "control" ? "grey" : variant);
    variants.set(variant, (variants.get(variant) ?? 0) + 1);
  }

  expect([...variants.keys()].sort()).toEqual(["blue", "control", "red"]);
});

it("lets an identity's own override win over its segment", async () => {
  const identifier = somebody();
  await door.overrideFor(identifier, door.ids.checkout, false);

  const answer = await identify({ identifier, traits: [pro] });

  expect(flagOf(answer, "checkout")).toMatchObject({
    enabled: false,
    reason: "TARGETING_MATCH; segment=identity_overrides",
  });
});

it.each([
  ["missing", { transient: true, traits: [] }],
  ["null", { identifier: null }],
  ["blank", { identifier: "  " }],
  ["an empty body", {}],
])("invents an identifier where it is %s, and stores nothing", async (_, body) => {
  const before = await door.storedIdentities();

  const answer = await identify(body, door.clientKey);

  expect(answer.identifier).toMatch(/^[0-9a-f]{32}$/);
  expect(answer.flags).toHaveLength(3);
  expect(await door.storedIdentities()).toEqual(before);
});

it("invents the same identifier for the same traits, whatever their order", async () => {
  const age = { trait_key: "age", trait_value: 7 };

  const [one, two] = [await identify({ traits: [pro, age] }), await identify({ traits: [age, pro] })];

  expect(one.identifier).toMatch(/^[0-9a-f]{64}$/);
  expect(two.identifier).toBe(one.identifier);
  expect(flagOf(one, "checkout").feature_state_value).toBe("new");
});

it("shows a public key neither stored traits nor segment names, but gives back what it sent", async () => {
  const identifier = somebody();
  await identify({ identifier, traits: [pro] });

  const readBack = await read(`identifier=${identifier}`, door.clientKey);
  const sent = await identify({ identifier, traits: [{ trait_key: "city", trait_value: "Ulm" }] }, door.clientKey);

  expect(readBack.traits).toEqual([]);
  expect(flagOf(readBack, "checkout")).toMatchObject({ feature_state_value: "new", reason: "TARGETING_MATCH" });
  expect(readBack.flags.map((one) => one.feature.name)).not.toContain("secret");
  expect(sent.traits).toEqual([{ id: null, trait_key: "city", trait_value: "Ulm", transient: false }]);
});

it("gives one flag of an identity by its name", async () => {
  const answer = await door.ask("/api/v1/identities/?identifier=ada&feature=checkout", { key: door.clientKey });
  const hidden = await door.ask("/api/v1/identities/?identifier=ada&feature=secret", { key: door.clientKey });

  expect(await answer.json()).toMatchObject({ feature: { name: "checkout" }, variant: null });
  expect(hidden.status).toBe(404);
});

it("takes numbers beyond 32 bits, writes lists and objects as JSON, and ignores unknown fields", async () => {
  const answer = await identify({
    identifier: somebody(),
    nonsense: { a: 1 },
    traits: [
      { trait_key: "big", trait_value: 2 ** 53 - 1, and: "more" },
      { trait_key: "list", trait_value: [1, "a"] },
      { trait_key: "object", trait_value: { a: null } },
      { trait_key: "float", trait_value: 1.5 },
      { trait_key: "__proto__", trait_value: "mine" },
    ],
  });

  expect(Object.entries(traitsOf(answer))).toEqual([
    ["big", 9_007_199_254_740_991],
    ["list", '[1,"a"]'],
    ["object", '{"a":null}'],
    ["float", 1.5],
    ["__proto__", "mine"],
  ]);
});

it("takes forms as well", async () => {
  const answer = await door.ask("/api/v1/identities", {
    key: door.clientKey,
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: "identifier=form-user",
  });

  // `ask` encodes bodies as JSON unless they are text.
  expect(((await answer.json()) as Answer).identifier).toBe("form-user");
});

const long = (length: number) => "x".repeat(length);
it.each([
  ["broken JSON", "{", /JSON parse error/],
  ["nothing but white space", "  ", /JSON parse error/],
  ["a list", [], /JSON object/],
  ["a number", 7, /JSON object/],
  ["an identifier that is no text", { identifier: { a: 1 } }, /identifier/],
  ["an identifier too long", { identifier: long(2_001) }, /identifier.*2000/],
  ["an identifier with NUL", { identifier: "a\u0000b" }, /identifier.*NUL/],
  ["an identifier with half a character", '{"identifier":"a\\ud800b"}', /identifier.*surrogate/],
  ["traits that are no list", { identifier: "a", traits: { plan: "pro" } }, /traits/],
  ["a trait that is no object", { identifier: "a", traits: [pro, "plan"] }, /traits/],
  ["a trait without a key", { identifier: "a", traits: [{ trait_value: 1 }] }, /traits.*trait_key/],
  ["a trait without a value", { identifier: "a", traits: [{ trait_key: "plan" }] }, /traits.*trait_value/],
  ["a trait key too long", { identifier: "a", traits: [{ trait_key: long(201), trait_value: 1 }] }, /trait_key.*200/],
  ["a trait value too long", { identifier: "a", traits: [{ trait_key: "a", trait_value: long(2_001) }] }, /trait_value.*2000/],
  ["a trait value with NUL", { identifier: "a", traits: [{ trait_key: "a", trait_value: "\u0000" }] }, /trait_value.*NUL/],
  ["a number without end", '{"identifier":"a","traits":[{"trait_key":"a","trait_value":1e999}]}', /trait_value.*large/],
  ["transient that is neither", { identifier: "a", transient: "perhaps" }, /transient/],
])("refuses %s, naming it, and stores nothing", async (_, body, complaint) => {
  const before = await door.storedIdentities();

  const answer = await post(body);

  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(complaint);
  expect(await door.storedIdentities()).toEqual(before);
});

it("names the place of a bad trait among good ones, in Flagsmith's form", async () => {
  const answer = await post({ identifier: "a", traits: [pro, { trait_key: "a", trait_value: long(2_001) }] });

  expect(await answer.json()).toEqual({
    traits: [{}, { trait_value: ["Value string is too long. Must be less than 2000 character"] }],
  });
});

it("refuses a body that is too large or of no known kind, and a read without an identifier", async () => {
  const large = await post({ identifier: "a", more: long(3_000_000) });
  const kind = await door.ask("/api/v1/identities/", { key: door.serverKey, body: "x", headers: { "Content-Type": "text/x" } });
  const missing = await door.ask("/api/v1/identities/", { key: door.serverKey });

  expect([large.status, kind.status, missing.status]).toEqual([413, 415, 400]);
  expect(await missing.json()).toEqual({ detail: "Missing identifier" });
  for (const answer of [large, kind]) expect(await answer.json()).toHaveProperty("detail");
});

it("stores at most a hundred traits of somebody, and decides by all of them", async () => {
  const identifier = somebody();
  const many = Array.from({ length: 100 }, (_, i) => ({ trait_key: `t${i}`, trait_value: i }));

  const answer = await identify({ identifier, traits: [...many, pro] });

  expect(flagOf(answer, "checkout").feature_state_value).toBe("new");
  expect(Object.keys(await door.garden.traitsOf(door.node, identifier))).toHaveLength(100);
});
