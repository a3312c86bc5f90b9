import { writeFileSync } from "node:fs";
import { VARIABLES } from "./config.ts";

/** Writes docs/configuration.md from the table the product reads. */
const rows = Object.entries(VARIABLES.shape).map(([name, schema]) => {
  const meta = schema.meta();
  return `| \`${name}\` | ${meta?.["fallback"] === "–" ? "" : `\`${meta?.["fallback"] as string}\``} | ${meta?.description} |`;
});

const page = `# Configuration

Halyard reads these environment variables and nothing else. A wrong value stops the start with a sentence that names the variable.
This page is generated from \`apps/api/src/config.ts\` by \`npm run generate\`.

| variable | default | what it does |
|---|---|---|
${rows.join("\n")}
`;

writeFileSync(new URL("../../../docs/configuration.md", import.meta.url), page);
