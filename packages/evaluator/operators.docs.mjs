import { readFileSync, writeFileSync } from "node:fs";
import { CASES } from "./src/testing/operator-cases.ts";
import { ELEMENT_EXAMPLES, KINDS, OPERATOR_TABLE } from "./src/testing/operator-table.ts";

/** Writes the operators of docs/evaluation.md, and cases/table.json, from the table that the tests read. */
const file = new URL("../../docs/evaluation.md", import.meta.url);
const [begin, end] = [
  "<!-- operators: generated from packages/evaluator/src/testing/operator-table.ts -->\n",
  "<!-- /operators -->",
];

const cell = (/** @type {boolean | string} */ it) => (typeof it === "string" ? it : `*${it}*`);
const rows = OPERATOR_TABLE.map(({ operators, form, passes }) => {
  const name = operators.map((operator) => `\`${operator}\``).join(", ");
  return `| ${name}${form ? `; ${form}` : ""} | ${KINDS.map((kind) => cell(passes[kind])).join(" | ")} |`;
});

const code = (/** @type {unknown} */ it) => (it === undefined ? "*not set*" : `\`${JSON.stringify(it).replaceAll("|", "\\|")}\``);
const shown = [...OPERATOR_TABLE.flatMap((row) => row.examples), ...ELEMENT_EXAMPLES].map(
  ({ operator, value, options, passes, fails }) => {
    const how = [options?.ignoreCase ? "ignoring case" : "", options?.elements ? `${options.elements} element` : ""].filter(
      Boolean,
    );
    const names = [`\`${operator}\``, ...how].join(", ");
    return `| ${names} | ${code(value)} | ${passes.map(code).join(", ")} | ${fails.map(code).join(", ")} |`;
  },
);

const section = `${begin}
| operator | ${KINDS.map((kind) => `\`v\` ${kind === "not set" ? "is not set" : `is a ${kind}`}`).join(" | ")} |
|---|${KINDS.map(() => "---|").join("")}
${rows.join("\n")}

| operator | \`c\` | passes | does not pass |
|---|---|---|---|
${shown.join("\n")}

${end}`;

const page = readFileSync(file, "utf8");
const [before, rest] = page.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error("docs/evaluation.md has no place for the operators.");
writeFileSync(file, before + section + after);
writeFileSync(new URL("cases/table.json", import.meta.url), JSON.stringify(CASES));
