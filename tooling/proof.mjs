// `npm run test:journey`, `npm run test:browser` and `npm run test:security`: whole products, built, in processes of their own.
// The first argument is a folder of `proof/`; what follows goes to Vitest.
import { runTests } from "./lib/run-tests.mjs";

const [folder = "", ...rest] = process.argv.slice(2);
// `npm run test:browser -- keyboard`: one file of the folder.
const [file, args] = rest[0]?.startsWith("-") === false ? [rest[0], rest.slice(1)] : ["", rest];

await runTests({
  builds: ["@halyard/api", "@halyard/web", "@halyard/sdk", "@halyard/cli"],
  args: ["--root", "proof", `${folder}/${file}`, ...args],
});
