// `npm run test:journey` and `npm run test:browser`: whole products, built, in processes of their own.
// The first argument is a folder of `proof/`; what follows goes to Vitest.
import { runTests } from "./lib/run-tests.mjs";

const [folder = "", ...args] = process.argv.slice(2);

await runTests({
  builds: ["@halyard/api", "@halyard/web", "@halyard/sdk", "@halyard/cli"],
  args: ["--root", "proof", `${folder}/`, ...args],
});
