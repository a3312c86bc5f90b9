import assert from "node:assert/strict";
import type { Workload } from "../workloads.ts";
import type { Engine } from "./engine.ts";

/** By how much a variant's share over all its flags and identities may miss its weight: each engine has a hash of its own. */
const SHARE_BOUND = 0.05;

/** Every engine gives the first one's value for every flag and identity; for flags with variants it is the shares that agree. */
export async function assertAgreement({ snapshot, contexts }: Workload, engines: readonly Engine[]): Promise<void> {
  const [plain, split] = [true, false].map((isPlain) =>
    snapshot.flags.filter((flag) => (flag.variants.length === 0) === isPlain),
  );
  assert.ok(plain && split);
  const hits = new Map(engines.map(({ name }) => [name, new Map<unknown, number>()]));
  for (const [at, { targetingKey }] of contexts.entries()) {
    const expected = new Map<string, unknown>();
    for (const engine of engines) {
      const read = engine.reader ? await engine.reader(at) : (flagKey: string) => engine.one(flagKey, at);
      for (const { key } of plain) {
        const answer = read(key);
        const value: unknown = answer instanceof Promise ? ((await answer) as unknown) : answer;
        if (!expected.has(key)) expected.set(key, value);
        if (value !== expected.get(key))
          assert.fail(
            `${engine.name}: ${key} for ${targetingKey} is ${JSON.stringify(value)}, not ${JSON.stringify(expected.get(key))}`,
          );
      }
      const counts = hits.get(engine.name);
      for (const flag of split) {
        const value = await read(flag.key);
        const hit = flag.variants.find((variant) => variant.value === value)?.key ?? (value === flag.value ? "control" : value);
        counts?.set(hit, (counts.get(hit) ?? 0) + 1);
      }
    }
  }
  const asked = split.length * contexts.length;
  for (const [name, counts] of hits)
    for (const [key, weight] of Object.entries({ one: 33, two: 33, control: 34 }))
      assert.ok(
        Math.abs((counts.get(key) ?? 0) / asked - weight / 100) < SHARE_BOUND,
        `${name}: ${counts.get(key)} of ${asked} got "${key}", its weight is ${weight} %`,
      );
}
