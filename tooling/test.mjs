// `npm test`: every workspace's tests in one run, with whatever this machine has.
// Arguments go to Vitest: `npm test -- packages/db`, `npm test -- -t "never goes back"`.
import { runTests } from "./lib/run-tests.mjs";

// Other tests see the SDK as its users do: by what it is built into.
await runTests({ builds: ["@halyard/sdk"], args: ["--config", "tooling/vitest.config.ts", ...process.argv.slice(2)] });
