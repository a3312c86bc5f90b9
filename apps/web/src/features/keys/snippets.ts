export interface SnippetSource {
  /** Of this server, without a slash at the end. */
  readonly origin: string;
  readonly clientKey: string;
  /** Shown where a secret belongs; secrets are not known to this page after they were made. */
  readonly serverKey: string;
  /** A flag to ask for. */
  readonly flag: string;
}

export interface Snippet {
  readonly id: string;
  readonly name: string;
  /** "browser": everything in it may be public. */
  readonly runs: "browser" | "server" | "shell";
  readonly about: string;
  readonly install?: string;
  readonly code: string;
  readonly file: string;
}

/** Ready to paste: this server's address and this environment's key are in them. */
export function snippetsOf(source: SnippetSource): readonly Snippet[] {
  const { origin, clientKey, serverKey, flag } = source;
  return [
    {
      id: "browser",
      name: "Browser",
      runs: "browser",
      about: "Reads at once, hears of every change over a WebSocket, keeps the last answers for the next visit.",
      install: "npm install @halyard/sdk",
      file: "flags.ts",
      code: `import { createClient } from "@halyard/sdk";

export const flags = createClient({
  url: "${origin}",
  key: "${clientKey}",
  context: { targetingKey: "user-42", plan: "pro" },
  defaults: { "${flag}": false },
});

await flags.ready({ timeoutMs: 2_000 });
flags.watch("${flag}", (now) => console.log("${flag} is", now));`,
    },
    {
      id: "node",
      name: "Node.js",
      runs: "server",
      about: "Holds the rules and decides in the process: no request for an answer. Needs a server key, which must stay secret.",
      install: "npm install @halyard/sdk",
      file: "flags.ts",
      code: `import { createServerClient } from "@halyard/sdk/node";

export const halyard = createServerClient({
  url: "${origin}",
  key: process.env.HALYARD_SERVER_KEY, // ${serverKey}
  defaults: { "${flag}": false },
});

await halyard.ready();
halyard.for({ targetingKey: "user-42", plan: "pro" }).get("${flag}");`,
    },
    {
      id: "flagsmith",
      name: "Flagsmith, browser",
      runs: "browser",
      about: "The client you already have: only the two addresses change. The second one ends with a slash.",
      install: "npm install @flagsmith/flagsmith",
      file: "flags.ts",
      code: `import flagsmith from "@flagsmith/flagsmith";

await flagsmith.init({
  environmentID: "${clientKey}",
  api: "${origin}/api/v1/",
  realtime: true,
  eventSourceUrl: "${origin}/",
  onChange: () => console.log(flagsmith.hasFeature("${flag}")),
});`,
    },
    {
      id: "flagsmith-node",
      name: "Flagsmith, Node.js",
      runs: "server",
      about: "Asks the server for every answer, with the client-side key.",
      install: "npm install flagsmith-nodejs",
      file: "flags.ts",
      code: `import { Flagsmith } from "flagsmith-nodejs";

const flagsmith = new Flagsmith({
  environmentKey: "${clientKey}",
  apiUrl: "${origin}/api/v1/",
});

const flags = await flagsmith.getIdentityFlags("user-42", { plan: "pro" });
flags.isFeatureEnabled("${flag}");`,
    },
    {
      id: "flagsmith-local",
      name: "Flagsmith, local",
      runs: "server",
      about: "Loads the rules once a minute and decides in the process. Needs a server key.",
      install: "npm install flagsmith-nodejs",
      file: "flags.ts",
      code: `import { Flagsmith } from "flagsmith-nodejs";

const flagsmith = new Flagsmith({
  environmentKey: process.env.HALYARD_SERVER_KEY, // ${serverKey}
  apiUrl: "${origin}/api/v1/",
  enableLocalEvaluation: true,
});

const flags = await flagsmith.getIdentityFlags("user-42", { plan: "pro" });
flags.isFeatureEnabled("${flag}");`,
    },
    {
      id: "curl",
      name: "curl",
      runs: "shell",
      about: "Everyone's flags, and those of one identity with a trait.",
      file: "shell",
      code: `curl -H 'X-Environment-Key: ${clientKey}' ${origin}/api/v1/flags/

curl -H 'X-Environment-Key: ${clientKey}' -H 'Content-Type: application/json' \\
  -d '{"identifier":"user-42","traits":[{"trait_key":"plan","trait_value":"pro"}]}' \\
  ${origin}/api/v1/identities/`,
    },
    {
      id: "openfeature",
      name: "OpenFeature",
      runs: "browser",
      about: "Through OpenFeature's provider for Flagsmith; code that asks OpenFeature stays as it is.",
      install: "npm install @openfeature/web-sdk @openfeature/flagsmith-client-provider @flagsmith/flagsmith",
      file: "flags.ts",
      code: `import { OpenFeature } from "@openfeature/web-sdk";
import { FlagsmithClientProvider } from "@openfeature/flagsmith-client-provider";

await OpenFeature.setProviderAndWait(
  new FlagsmithClientProvider({ environmentID: "${clientKey}", api: "${origin}/api/v1/" }),
);
OpenFeature.getClient().getBooleanValue("${flag}", false);`,
    },
  ];
}
