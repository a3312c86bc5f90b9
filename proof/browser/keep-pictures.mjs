// `npm run pictures` after `npm run browser`: a few of its pictures go into the documentation.
import { copyFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CHOSEN = [
  "setup-first-flag-light-1440",
  "flags-light-1440",
  "flags-dark-1440",
  "flags-light-390",
  "flag-dark-1440",
  "flag-multivariate-light-1440",
  "flag-multivariate-dark-390",
  "segment-light-1440",
  "identity-dark-1440",
  "history-light-1440",
  "keys-light-1440",
  "empty-flags-dark-1440",
];

const from = fileURLToPath(new URL("../results/screenshots/", import.meta.url));
const to = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
mkdirSync(to, { recursive: true });
for (const name of CHOSEN) copyFileSync(`${from}${name}.png`, `${to}${name}.png`);
