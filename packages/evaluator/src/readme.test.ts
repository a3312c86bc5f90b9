import { expect, it } from "vitest";
import readme from "../README.md?raw";
import { apply } from "./changes.ts";
import { compile, type Delta, evaluate, needsRegex } from "./index.ts";
import { furtherOperators } from "./operators.ts";
import self from "./readme.test.ts?raw";
import { re2Engine } from "./regex.ts";
import { flag, override, segment, snapshot } from "./testing/world.ts";
import { parseSnapshot } from "./validate.ts";

it("has an example that works as printed", () => {
  const pricing = flag({ key: "pricing", overrides: [override()] });
  const paying = segment([{ operator: "REGEX", property: "plan", value: "pro" }]);
  const received = JSON.stringify(snapshot({ flags: [pricing], segments: [paying] }));
  const delta: Delta = { flags: { upserted: [flag({ id: 2, key: "other" })], removed: [] } };

  const parsed = parseSnapshot(JSON.parse(received));
  if (!parsed.ok) throw new Error(parsed.error); // "flags[3].variants[0].weight: must be a number from 0 to 100"
  const regex = needsRegex(parsed.snapshot) ? re2Engine : undefined;
  const environment = compile(parsed.snapshot, { regex, operators: furtherOperators });
  const { value, variant, reason } = evaluate(environment, "pricing", { targetingKey: "u_42", attributes: { plan: "pro" } });
  const next = apply(environment, delta); // answers that the delta did not change are the same objects (===)

  expect({ value, variant, reason }).toEqual({ value: "overridden", variant: null, reason: "TARGETING_MATCH" });
  expect(evaluate(next, "pricing", {})).toBe(evaluate(environment, "pricing", {}));
  const printed = /```ts\n([^`]*)```/.exec(readme)?.[1]?.trim().split("\n") ?? [];
  expect(printed.length).toBeGreaterThan(0);
  for (const line of printed) expect(self).toContain(`  ${line}\n`);
});
