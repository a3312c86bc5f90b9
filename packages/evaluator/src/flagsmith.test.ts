import fc from "fast-check";
import { expect, it } from "vitest";
import { compile, evaluateAll, segmentsOf } from "./index.ts";
import { commonGround, scenario } from "./testing/arbitraries.ts";
import { everything } from "./testing/everything.ts";
import { askFlagsmith, inFlagsmithsWords } from "./testing/flagsmith.ts";

it("answers as Flagsmith's own engine wherever its two engines agree", () => {
  fc.assert(
    fc.property(scenario(commonGround), (given) => {
      const compiled = compile(given.snapshot, { identityOverrides: given.identityOverrides, ...everything });

      const flagsmith = askFlagsmith(given);

      const ours = evaluateAll(compiled, given.context);
      for (const flag of given.snapshot.flags) {
        const outcome = inFlagsmithsWords(ours.get(flag.key)!);
        if (flag.valueType === "boolean") expect(outcome.enabled).toBe(flagsmith.answers[flag.key]?.enabled);
        else expect(outcome).toEqual(flagsmith.answers[flag.key] && pick(flagsmith.answers[flag.key]!));
      }
      expect(segmentsOf(compiled, given.context).map((segment) => segment.name)).toEqual(flagsmith.segments);
    }),
    { numRuns: 2_000 },
  );
});

function pick({ enabled, value, reason }: { enabled: boolean; value: unknown; reason: string }) {
  return { enabled, value, reason };
}
