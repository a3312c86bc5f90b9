import { CodeBlock } from "./CodeBlock.tsx";
import type { Examples } from "./examples.ts";

const SNIPPET = `import { createClient } from "@halyard/sdk";

// Public: may be shipped to browsers.
const flags = createClient({ key: "8f2c41d09be34c77" });
await flags.ready();
flags.watch("new-checkout", (on) => render(on));`;

export const examples: Examples = {
  part: "Code block",
  about: "Code to take away, with the real key filled in.",
  examples: [
    { state: "titled", wide: true, draw: () => <CodeBlock title="main.ts" code={SNIPPET} /> },
    { state: "one line", wide: true, draw: () => <CodeBlock code="npm install @halyard/sdk" /> },
  ],
};
