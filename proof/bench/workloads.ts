import type { Context, Flag, Segment, Snapshot } from "@halyard/evaluator";

export interface Workload {
  readonly snapshot: Snapshot;
  readonly contexts: readonly Context[];
}

const OPERATORS = ["IN", "GREATER_THAN", "NOT_EQUAL"] as const;

/** Of every hundred flags: 80 plain, 10 with two segment overrides, 10 with two variants. */
const FLAGS = 100;
/** For every hundred flags, of three conditions each. */
const SEGMENTS = 20;

/**
 * Flags by the hundred, their segments, and 256 identities of ten attributes. Made by arithmetic, so that every run and every
 * engine sees the same. All flags are on, as some engines have no value for a flag that is off.
 */
export function flagsByTheHundred(hundreds: number): Workload {
  const segments = Array.from({ length: SEGMENTS * hundreds }, (_, n): Segment => segment(n + 1));
  return {
    snapshot: {
      environment: {
        id: 1,
        name: "Production",
        bucketingKey: "bench",
        project: { id: 1, name: "Bench" },
        organisation: { id: 1, name: "Bench" },
        hideDisabledFlags: false,
        allowClientTraits: true,
        hideSensitiveData: false,
      },
      flags: Array.from({ length: FLAGS * hundreds }, (_, n): Flag => flag(n + 1)),
      segments,
    },
    contexts: Array.from(
      { length: 256 },
      (_, n): Context => ({
        targetingKey: `user-${n}`,
        attributes: Object.fromEntries(
          Array.from({ length: 10 }, (_, at) => [`trait${at}`, at % 2 === 0 ? (n * 7 + at) % 100 : `group-${(n + at) % 10}`]),
        ),
      }),
    ),
  };
}

function segment(id: number): Segment {
  const inHundred = ((id - 1) % SEGMENTS) + 1;
  return {
    id,
    key: `segment-${id}`,
    name: `Segment ${id}`,
    seed: String(id),
    rules: [
      {
        type: "ALL",
        rules: [],
        conditions: OPERATORS.map((operator, at) => ({
          operator,
          property: operator === "IN" ? `trait${(id * 2 + 1) % 10}` : `trait${(id * 2 + at * 2) % 10}`,
          value:
            operator === "IN"
              ? "group-1,group-2,group-3,group-4,group-5"
              : operator === "GREATER_THAN"
                ? String(inHundred)
                : String(inHundred + 50),
        })),
      },
    ],
  };
}

function flag(id: number): Flag {
  const hundred = Math.floor((id - 1) / FLAGS);
  const inHundred = ((id - 1) % FLAGS) + 1;
  const state = { enabled: true, value: `value-${id}`, variants: [], seed: String(id) };
  return {
    id,
    key: `flag-${id}`,
    valueType: "string",
    serverOnly: false,
    ...state,
    variants:
      inHundred > 90
        ? [
            { id: id * 10 + 1, key: "one", value: `one-${id}`, weight: 33 },
            { id: id * 10 + 2, key: "two", value: `two-${id}`, weight: 33 },
          ]
        : [],
    overrides:
      inHundred <= 10
        ? [0, 1].map((priority) => ({
            id: id * 100 + priority,
            segmentId: hundred * SEGMENTS + inHundred + priority * 10,
            priority,
            ...state,
            value: `override-${id}-${priority}`,
            seed: String(id * 100 + priority),
          }))
        : [],
    metadata: { description: null, createdAt: "2026-01-01T00:00:00.000Z", defaultEnabled: false, defaultValue: null },
  };
}
