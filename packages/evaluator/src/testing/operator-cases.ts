import type { Context, Evaluation, Prerequisite, Snapshot } from "../model.ts";
import type { CaseFile } from "./cases.ts";
import { ELEMENT_EXAMPLES, type Example, OPERATOR_TABLE } from "./operator-table.ts";
import { environment, flag, override, segment } from "./world.ts";

type Case = CaseFile["cases"][number];

const EXAMPLES = [...OPERATOR_TABLE.flatMap((row) => row.examples), ...ELEMENT_EXAMPLES];
const NOW = "2026-03-01T00:00:00.001Z";

function nameOf({ operator, value, options }: Example): string {
  return [operator, JSON.stringify(value), ...Object.entries(options ?? {}).map(([name, it]) => `${name}=${it}`)].join(" ");
}

function tableSnapshot(): Snapshot {
  return {
    environment,
    flags: EXAMPLES.map((example, i) =>
      flag({
        id: i + 1,
        key: `x ${nameOf(example)}`,
        valueType: "boolean",
        enabled: false,
        value: null,
        seed: String(i),
        overrides: [override({ id: i + 1, segmentId: i + 1, value: null, seed: String(i) })],
      }),
    ),
    segments: EXAMPLES.map(({ operator, value, options }, i) =>
      segment([{ operator, property: "x", value, ...options }], {
        id: i + 1,
        key: `s${i + 1}`,
        name: `Segment ${i + 1}`,
        seed: String(i + 1),
      }),
    ),
  };
}

function casesOf(example: Example, i: number): readonly Case[] {
  const key = `x ${nameOf(example)}`;
  const caseOf = (x: unknown, isIn: boolean): Case => [
    `${nameOf(example)}: ${x === undefined ? "not set" : JSON.stringify(x)}`,
    "table",
    key,
    (x === undefined ? {} : { attributes: { x } }) as Context,
    answer(isIn, isIn ? { reason: "TARGETING_MATCH", source: "segment", segment: `Segment ${i + 1}` } : {}),
  ];
  return [...example.passes.map((x) => caseOf(x, true)), ...example.fails.map((x) => caseOf(x, false))];
}

function answer(enabled: boolean, given: Partial<Evaluation> = {}): Evaluation {
  return { enabled, valueType: "boolean", value: enabled, variant: null, reason: "DEFAULT", source: "environment", ...given };
}

const PREREQUISITES: Readonly<Record<string, readonly Prerequisite[]>> = {
  "requires on": [{ flagId: 1, enabled: true }],
  "requires off": [{ flagId: 1, enabled: false }],
  "requires both": [
    { flagId: 1, enabled: true },
    { flagId: 2, enabled: true },
  ],
  "requires a missing flag": [{ flagId: 99, enabled: false }],
  "requires itself": [{ flagId: 7, enabled: true }],
  "requires one that requires itself": [{ flagId: 7, enabled: false }],
};

/** The table as cases for implementations in any language, with what no row of it can show. */
export const CASES: CaseFile = {
  version: 1,
  snapshots: { table: { snapshot: tableSnapshot() }, more: { snapshot: moreSnapshot() } },
  cases: [...EXAMPLES.flatMap(casesOf), ...moreCases()],
};

/** Flags 1 and 2 are on and off, 3 to 8 require others, 9 is rolled out by a property, 10 and 11 hang on the time. */
function moreSnapshot(): Snapshot {
  const plain = { valueType: "boolean", value: null } as const;
  const variants = [
    { id: 1, key: "a", value: "A", weight: 50 },
    { id: 2, key: "b", value: "B", weight: 50 },
  ];
  const hidden = { ...plain, enabled: false };
  return {
    environment: { ...environment, clock: Date.parse(NOW) },
    flags: [
      flag({ id: 1, key: "on", ...plain }),
      flag({ id: 2, key: "off", ...hidden }),
      ...Object.entries(PREREQUISITES).map(([key, prerequisites], i) => flag({ id: 3 + i, key, ...plain, prerequisites })),
      flag({ id: 9, key: "by company", value: "none", variants, seed: "abc", bucketBy: "company" }),
      flag({ id: 10, key: "opened", ...hidden, overrides: [override({ segmentId: 1, value: null })] }),
      flag({ id: 11, key: "on trial", ...hidden, overrides: [override({ segmentId: 2, value: null })] }),
    ],
    segments: [
      segment([{ operator: "AFTER", property: "$.now", value: "2026-03-01" }], { id: 1, key: "opened", name: "Opened" }),
      segment([{ operator: "AFTER", property: "trial_ends", value: "$.now" }], { id: 2, key: "trial", name: "Trial" }),
    ],
  };
}

function moreCases(): readonly Case[] {
  const ask = (key: string, expected: Evaluation, context: Context = {}): Case => [
    `${key} ${JSON.stringify(context)}`,
    "more",
    key,
    context,
    expected,
  ];
  const unmet = (prerequisite: string) => answer(false, { reason: "DISABLED", prerequisite });
  const split = { enabled: true, valueType: "string", source: "environment" } as const;
  const inSegment = (name: string) => answer(true, { reason: "TARGETING_MATCH", source: "segment", segment: name });
  const [early, late] = [Date.parse("2026-02-01"), Date.parse("2026-04-01")];
  return [
    ask("requires on", answer(true)),
    ask("requires off", unmet("on")),
    ask("requires both", unmet("off")),
    ask("requires a missing flag", unmet("#99")),
    ask("requires itself", unmet("requires itself")),
    ask("requires one that requires itself", unmet("requires itself")),
    // The place of abc,def is 55.6.
    ask("by company", { ...split, value: "B", variant: "b", reason: "SPLIT", weight: 50 }, { attributes: { company: "def" } }),
    ask("by company", { ...split, value: "none", variant: null, reason: "DEFAULT" }, { targetingKey: "def" }),
    ask("opened", inSegment("Opened"), { now: early }),
    ask("on trial", inSegment("Trial"), { attributes: { trial_ends: "2026-03-01" }, now: early }),
    ask("on trial", answer(false), { attributes: { trial_ends: "2026-03-01" }, now: late }),
    ask("on trial", inSegment("Trial"), { attributes: { trial_ends: "2026-03-02" } }),
  ];
}
