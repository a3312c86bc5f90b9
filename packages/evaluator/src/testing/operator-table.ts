import type { AttributeValue, Condition, Operator } from "../model.ts";

/** What an attribute can be. A text that is wholly a number is that number; a list, unless the condition is on its elements, is not set. */
export const KINDS = ["not set", "text", "number", "boolean"] as const;
export type Kind = (typeof KINDS)[number];

/** One condition, and attributes that pass it and that do not. `undefined` is an attribute that is not set. */
export interface Example {
  readonly operator: Operator;
  readonly value: Condition["value"];
  readonly options?: Pick<Condition, "ignoreCase" | "elements">;
  readonly passes: readonly (AttributeValue | undefined)[];
  readonly fails: readonly (AttributeValue | undefined)[];
}

export interface OperatorRow {
  readonly operators: readonly Operator[];
  /** Of the condition's value, where that makes it another operator. */
  readonly form?: string;
  /** By kind of attribute: always this verdict, or passes when. `v` is the attribute, `c` the condition's value. */
  readonly passes: Readonly<Record<Kind, boolean | string>>;
  readonly examples: readonly Example[];
}

const comparisons: readonly Operator[] = [
  "EQUAL",
  "NOT_EQUAL",
  "GREATER_THAN",
  "GREATER_THAN_INCLUSIVE",
  "LESS_THAN",
  "LESS_THAN_INCLUSIVE",
];

/** What every operator does with every kind of attribute: read by the tests, and by the script that writes docs/evaluation.md. */
export const OPERATOR_TABLE: readonly OperatorRow[] = [
  {
    operators: ["EQUAL"],
    passes: {
      "not set": false,
      text: "`c` is the same text",
      number: "`c` is the same number",
      boolean: "`c` says so: all but `false` and `False` is true",
    },
    examples: [
      { operator: "EQUAL", value: "pro", passes: ["pro", true], fails: ["Pro", 7, false, undefined, ["pro"]] },
      { operator: "EQUAL", value: "7.0", passes: [7, "7", "007"], fails: [7.5, "seven"] },
      { operator: "EQUAL", value: "False", passes: [false, "False"], fails: [true, 0, "false"] },
      { operator: "EQUAL", value: "Straße", options: { ignoreCase: true }, passes: ["STRAẞE"], fails: ["STRASSE"] },
    ],
  },
  {
    operators: ["NOT_EQUAL"],
    passes: {
      "not set": false,
      text: "`c` is another text",
      number: "`c` is another number, and is one",
      boolean: "`c` says otherwise",
    },
    examples: [
      { operator: "NOT_EQUAL", value: "7", passes: ["pro", 8, "08", false], fails: [7, "7.0", true, undefined, [8]] },
      { operator: "NOT_EQUAL", value: "pro", passes: ["Pro"], fails: ["pro", 7] },
      { operator: "NOT_EQUAL", value: "pro", options: { ignoreCase: true }, passes: ["free"], fails: ["PRO"] },
    ],
  },
  {
    operators: ["GREATER_THAN", "GREATER_THAN_INCLUSIVE", "LESS_THAN", "LESS_THAN_INCLUSIVE"],
    passes: {
      "not set": false,
      text: "`v` comes behind or before `c`, by code points",
      number: "`c` is a number, and `v` is more or less",
      boolean: "as 1 and 0, `c` as for `EQUAL`",
    },
    examples: [
      { operator: "GREATER_THAN", value: "9", passes: [10, "10", "a"], fails: [9, true, "!", undefined] },
      { operator: "GREATER_THAN_INCLUSIVE", value: "9", passes: [9, "9.0", true], fails: [8.9, false, "!"] },
      { operator: "LESS_THAN", value: "m", passes: ["f", false], fails: ["m", "x", 3, true] },
      { operator: "LESS_THAN", value: "18.5", passes: [18, "-1"], fails: ["18.5"] },
      { operator: "LESS_THAN_INCLUSIVE", value: "9", passes: [9, "1", "!", true], fails: [9.1, "a", undefined] },
      { operator: "LESS_THAN_INCLUSIVE", value: "False", passes: [false], fails: [true] },
    ],
  },
  {
    operators: comparisons,
    form: "`c` ends with `:semver`",
    passes: {
      "not set": false,
      text: "both are versions of SemVer 2.0.0, strictly, in that order",
      number: false,
      boolean: "as above: `c` is true",
    },
    examples: [
      { operator: "EQUAL", value: "1.2.3:semver", passes: ["1.2.3", "1.2.3+build"], fails: ["1.2.4", "v1.2.3", "1.2"] },
      { operator: "NOT_EQUAL", value: "1.2.3:semver", passes: ["1.2.4"], fails: ["1.2.3+build", "latest"] },
      { operator: "GREATER_THAN", value: "1.9.0:semver", passes: ["1.10.0"], fails: ["1.9.0-rc.1", "2"] },
      { operator: "GREATER_THAN_INCLUSIVE", value: "1.9.0:semver", passes: ["1.9.0"], fails: ["1.8.9"] },
      { operator: "LESS_THAN", value: "1.9.0:semver", passes: ["1.9.0-rc.1"], fails: ["1.9.0"] },
      { operator: "LESS_THAN_INCLUSIVE", value: "1.9.0:semver", passes: ["1.9.0"], fails: ["1.9.1"] },
      { operator: "GREATER_THAN_INCLUSIVE", value: "x:semver", passes: [true], fails: ["1.0.0", false] },
    ],
  },
  {
    operators: ["CONTAINS"],
    passes: { "not set": false, text: "`c` is in it", number: false, boolean: false },
    examples: [
      { operator: "CONTAINS", value: "ro", passes: ["pro"], fails: ["PRO", undefined] },
      { operator: "CONTAINS", value: "7", passes: ["a7"], fails: [7, "17"] },
      { operator: "CONTAINS", value: "RO", options: { ignoreCase: true }, passes: ["pro"], fails: ["free"] },
    ],
  },
  {
    operators: ["NOT_CONTAINS"],
    passes: { "not set": false, text: "`c` is not in it", number: false, boolean: false },
    examples: [
      { operator: "NOT_CONTAINS", value: "ro", passes: ["free", ""], fails: ["pro", 7, true, undefined] },
      { operator: "NOT_CONTAINS", value: "RO", options: { ignoreCase: true }, passes: ["free"], fails: ["pro"] },
    ],
  },
  {
    operators: ["IN"],
    passes: {
      "not set": false,
      text: "it is in the list",
      number: "it is whole, and its digits are in the list",
      boolean: false,
    },
    examples: [
      { operator: "IN", value: "pro,7", passes: ["pro", 7, "007"], fails: ["free", 8, 7.5, undefined] },
      { operator: "IN", value: ["a,b", "True"], passes: ["a,b", "True"], fails: ["a", true] },
      { operator: "IN", value: '["1.5", 7]', passes: [7], fails: [1.5, "1.5"] },
      { operator: "IN", value: ["ΑΣ"], options: { ignoreCase: true }, passes: ["ασ"], fails: ["ας"] },
    ],
  },
  {
    operators: ["NOT_IN"],
    passes: {
      "not set": false,
      text: "it is not in the list",
      number: "its digits are not in the list, or it is not whole",
      boolean: true,
    },
    examples: [
      { operator: "NOT_IN", value: ["pro", "7"], passes: ["free", 8, 7.5, true], fails: ["pro", 7, "007", undefined] },
      { operator: "NOT_IN", value: ["pro"], options: { ignoreCase: true }, passes: ["free"], fails: ["PRO"] },
    ],
  },
  {
    operators: ["STARTS_WITH", "ENDS_WITH"],
    passes: {
      "not set": false,
      text: "it starts or ends with `c`",
      number: "its text does",
      boolean: "its text does: `True`, `False`",
    },
    examples: [
      { operator: "STARTS_WITH", value: "7", passes: ["7 days", 71, "0071"], fails: ["a7", 17, undefined] },
      { operator: "STARTS_WITH", value: "T", passes: ["Tom", true], fails: ["tom", false] },
      { operator: "ENDS_WITH", value: "7", passes: ["a7", 17], fails: ["7 days", 71, undefined] },
      {
        operator: "ENDS_WITH",
        value: "@ACME.com",
        options: { ignoreCase: true },
        passes: ["ada@acme.COM"],
        fails: ["ada@acme.org"],
      },
      { operator: "ENDS_WITH", value: "se", passes: [false], fails: [true] },
    ],
  },
  {
    operators: ["NOT_STARTS_WITH", "NOT_ENDS_WITH"],
    passes: {
      "not set": false,
      text: "it does not start or end with `c`",
      number: "its text does not",
      boolean: "its text does not",
    },
    examples: [
      { operator: "NOT_STARTS_WITH", value: "7", passes: ["a7", 17, true], fails: ["7 days", 71, undefined] },
      { operator: "NOT_STARTS_WITH", value: "T", passes: [false], fails: [true] },
      { operator: "NOT_ENDS_WITH", value: "7", passes: ["7 days", 71], fails: ["a7", 17, undefined] },
      { operator: "NOT_ENDS_WITH", value: "E", options: { ignoreCase: true }, passes: ["pro"], fails: ["free", true] },
      { operator: "NOT_ENDS_WITH", value: "lse", passes: [true], fails: [false] },
    ],
  },
  {
    operators: ["REGEX"],
    passes: {
      "not set": false,
      text: "the RE2 pattern `c` matches at its start",
      number: "matches at the start of its text",
      boolean: "matches at the start of its text",
    },
    examples: [
      { operator: "REGEX", value: "p.o", passes: ["prompt"], fails: ["a pro", undefined] },
      { operator: "REGEX", value: "[0-9]+$", passes: [17, "0017"], fails: [1.5, "17a"] },
      { operator: "REGEX", value: "(?i)t", passes: [true], fails: [false] },
      { operator: "REGEX", value: "(?=p)", passes: [], fails: ["pro"] },
    ],
  },
  {
    operators: ["NOT_REGEX"],
    passes: {
      "not set": false,
      text: "the RE2 pattern `c` does not match at its start",
      number: "does not match at the start of its text",
      boolean: "does not match at the start of its text",
    },
    examples: [
      { operator: "NOT_REGEX", value: "p.o", passes: ["a pro", 7, true], fails: ["prompt", undefined] },
      { operator: "NOT_REGEX", value: "[0-9T]", passes: [-1, false], fails: [1, true] },
      { operator: "NOT_REGEX", value: "(?=p)", passes: [], fails: ["pro", "free"] },
    ],
  },
  {
    operators: ["BEFORE", "AFTER", "ON"],
    passes: {
      "not set": false,
      text: "it is a date or an instant, before, after or on the UTC day of `c`",
      number: "it is one in milliseconds since 1970",
      boolean: false,
    },
    examples: [
      {
        operator: "BEFORE",
        value: "2026-03-01",
        passes: ["2026-02-28", "2026-03-01T01:00:00+02:00", 0],
        fails: ["2026-03-01", "soon", undefined, 1_772_323_200_000],
      },
      {
        operator: "AFTER",
        value: "2026-03-01T09:00:00Z",
        passes: ["2026-03-01T10:00:00.001+01:00", 1_772_355_600_001],
        fails: ["2026-03-01T09:00Z", "2026-03-02T09:00", 1_772_355_600_000],
      },
      {
        operator: "ON",
        value: "2026-03-01",
        passes: ["2026-03-01", "2026-03-01T23:59:59.999Z", 1_772_323_200_000],
        fails: ["2026-03-01T23:00:00-02:00", "2026-02-28", 1_772_409_600_000],
      },
    ],
  },
  {
    operators: ["SEMVER_RANGE"],
    passes: {
      "not set": false,
      text: "it is a version in the range `c`, as npm reads it: `^1.2`, `~1.2.3`, `1.x`, `>=1.2 <2`, `1.2 - 1.4`, with `\\|\\|`",
      number: false,
      boolean: false,
    },
    examples: [
      {
        operator: "SEMVER_RANGE",
        value: "^1.2 || >=3.0.0-rc.1 <4",
        passes: ["1.10.0", "3.0.0-rc.2", "3.9.9"],
        fails: ["1.1.9", "1.3.0-rc.1", "4.0.0", "v1.2.0", "1.2"],
      },
    ],
  },
  {
    operators: ["MODULO"],
    passes: {
      "not set": false,
      text: false,
      number: "`c` is `divisor\\|remainder`, and its remainder, with the divisor's sign, is that",
      boolean: "as 1 and 0",
    },
    examples: [
      { operator: "MODULO", value: "3|1", passes: [7, "7", -2, true], fails: [6, "x7", false, undefined] },
      { operator: "MODULO", value: "2.5|0", passes: [7.5], fails: [7] },
      { operator: "MODULO", value: "0|0", passes: [], fails: [0] },
    ],
  },
  {
    operators: ["PERCENTAGE_SPLIT"],
    passes: {
      "not set": false,
      text: "the place of `<segment seed>,<v>` is at most `c` percent",
      number: "the same with its text",
      boolean: "the same with its text",
    },
    examples: [
      { operator: "PERCENTAGE_SPLIT", value: "100", passes: ["anything", 7, true], fails: [undefined, ["anything"]] },
      { operator: "PERCENTAGE_SPLIT", value: "0", passes: [], fails: ["ada", 7, true] },
    ],
  },
  {
    operators: ["IS_SET"],
    passes: { "not set": false, text: true, number: true, boolean: true },
    examples: [
      { operator: "IS_SET", value: "", passes: ["", 0, false], fails: [undefined, null, ["a"]] },
      { operator: "IS_SET", value: "", options: { elements: "any" }, passes: [["a"], "a"], fails: [[], [null]] },
    ],
  },
  {
    operators: ["IS_NOT_SET"],
    passes: { "not set": true, text: false, number: false, boolean: false },
    examples: [
      { operator: "IS_NOT_SET", value: "", passes: [undefined, null, ["a"]], fails: ["", 0, false] },
      { operator: "IS_NOT_SET", value: "", options: { elements: "all" }, passes: [[], [null]], fails: [["a"], "a"] },
    ],
  },
];

/** Conditions on the elements of a list: the same for every operator. */
export const ELEMENT_EXAMPLES: readonly Example[] = [
  { operator: "IN", value: ["a", "b"], options: { elements: "any" }, passes: [["x", "b"], "a"], fails: [["x"], [], undefined] },
  { operator: "IN", value: ["a", "b"], options: { elements: "all" }, passes: [["a", "b"]], fails: [["a", "x"], ["a", null], []] },
  { operator: "NOT_IN", value: ["a", "b"], options: { elements: "any" }, passes: [["a", "x"]], fails: [["a"], [], undefined] },
  { operator: "NOT_IN", value: ["a", "b"], options: { elements: "all" }, passes: [["x", 7]], fails: [["a", "x"], []] },
  { operator: "GREATER_THAN", value: "9", options: { elements: "any" }, passes: [[1, "10"]], fails: [[1, 2]] },
];
