import { expect, it } from "vitest";
import { createBursts, visitAll } from "./turns.ts";

it("others have their turn within milliseconds while many are visited, and everybody is visited once", async () => {
  const visited: number[] = [];
  let turns = 0;
  const count = () => {
    turns++;
    if (visited.length < 100) setImmediate(count);
  };
  setImmediate(count);

  await visitAll(
    Array.from({ length: 100 }, (_, n) => n),
    (n) => {
      for (const until = performance.now() + 1; performance.now() < until; );
      visited.push(n);
    },
  );

  expect(visited).toEqual(Array.from({ length: 100 }, (_, n) => n));
  // A hundred milliseconds of work in slices of five.
  expect(turns).toBeGreaterThanOrEqual(15);
});

it("what comes while something is under way is done after it, together and in order", async () => {
  const done: (readonly number[])[] = [];
  let finish: () => void = () => undefined;
  const push = createBursts<number>(async (items) => {
    done.push(items);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });

  push(1);
  expect(done).toEqual([[1]]);
  push(2);
  push(3);
  finish();

  await expect.poll(() => done).toEqual([[1], [2, 3]]);
});
