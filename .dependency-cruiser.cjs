/**
 * Who may import whom. The table in docs/architecture.md, made to hold.
 * A rule that allows "types only" forbids every import that survives compilation.
 */
const ours = "^(apps|packages|proof)/";
const atRunTime = { dependencyTypesNot: ["type-only"] };
const tests = "[.]test(-d)?[.]tsx?$|(^|/)(test|tests|testing|faults)/|/vitest[.][^/]*[.]ts$|/bench/";
/** Builds and generators run on a developer's machine, never in the product. */
const toolConfigs = "[.]config[.]ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one thought in two places: move what both need into a third.",
      severity: "error",
      // A test may read its own text.
      from: { pathNot: "[.]test[.]tsx?$" },
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere, or to a package its workspace does not declare.",
      severity: "error",
      from: { pathNot: toolConfigs },
      to: { couldNotResolve: true, pathNot: "^virtual:" },
    },
    {
      name: "declared",
      comment: "Declare the package in the package.json of the workspace that imports it.",
      severity: "error",
      from: { path: ours, pathNot: [tests, toolConfigs] },
      // An optional peer is declared, but looks undeclared as well because of its second entry.
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm-peer"] },
    },
    {
      name: "workspaces-by-name",
      comment: "Import another workspace by its name, so that only what it exports can be reached.",
      severity: "error",
      from: { path: "^((?:apps|packages)/[^/]+|proof)/" },
      to: { path: ours, pathNot: "^$1/", dependencyTypes: ["local"] },
    },

    // packages
    {
      name: "evaluator-is-alone",
      comment: "The evaluator runs in browsers, servers and relays alike: nothing of ours, nothing of Node's.",
      severity: "error",
      from: { path: "^packages/evaluator/src/", pathNot: tests },
      to: { path: ours, pathNot: "^packages/evaluator/" },
    },
    {
      name: "evaluator-is-pure",
      severity: "error",
      from: { path: "^packages/evaluator/src/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "contracts-on-evaluator-types",
      severity: "error",
      from: { path: "^packages/contracts/" },
      to: { path: ours, pathNot: ["^packages/contracts/", "^packages/evaluator/"] },
    },
    {
      name: "contracts-types-only",
      comment:
        "The model also holds the closed lists its types are made from (operators, rule types); schemas may read those, and ask whether a text is a date or a range.",
      severity: "error",
      from: { path: "^packages/contracts/src/", pathNot: tests },
      to: { path: "^packages/evaluator/", pathNot: "^packages/evaluator/src/(model|operators)[.]ts$", ...atRunTime },
    },
    {
      name: "db-on-evaluator-types",
      comment: "The database knows shapes of JSON columns, never the wire or the apps.",
      severity: "error",
      from: { path: "^packages/db/" },
      to: { path: ours, pathNot: ["^packages/db/", "^packages/evaluator/"] },
    },
    {
      name: "db-types-only",
      severity: "error",
      from: { path: "^packages/db/src/", pathNot: tests },
      to: { path: "^packages/evaluator/", ...atRunTime },
    },
    {
      name: "sdk-on-evaluator-and-contracts",
      severity: "error",
      from: { path: "^packages/sdk/", pathNot: tests },
      to: { path: ours, pathNot: ["^packages/sdk/", "^packages/evaluator/", "^packages/contracts/"] },
    },
    {
      name: "sdk-contracts-types-only",
      comment: "zod must not reach an application's bundle.",
      severity: "error",
      from: { path: "^packages/sdk/src/", pathNot: tests },
      to: { path: ["^packages/contracts/", "^node_modules/zod/"], ...atRunTime },
    },
    {
      name: "sdk-browser-without-node",
      comment: "Only the files of the /node entry may use Node's own modules.",
      severity: "error",
      from: { path: "^packages/sdk/src/", pathNot: [tests, "^packages/sdk/src/(node|server)([./-]|$)"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "cli-on-contracts-and-sdk",
      severity: "error",
      from: { path: "^packages/cli/", pathNot: tests },
      to: {
        path: ours,
        pathNot: ["^packages/cli/", "^packages/contracts/", "^packages/sdk/", "^packages/evaluator/", "^apps/api/"],
      },
    },
    {
      name: "cli-api-types-only",
      severity: "error",
      from: { path: "^packages/cli/", pathNot: tests },
      to: { path: "^(apps/api|packages/evaluator)/", ...atRunTime },
    },

    // apps
    {
      name: "api-on-packages",
      comment: "The API never needs the dashboard, the SDK or the command line; its tests may.",
      severity: "error",
      from: { path: "^apps/api/src/", pathNot: tests },
      to: { path: ours, pathNot: ["^apps/api/", "^packages/(contracts|evaluator|db)/"] },
    },
    {
      name: "web-on-packages",
      severity: "error",
      from: { path: "^apps/web/src/" },
      to: { path: ours, pathNot: ["^apps/web/", "^packages/(contracts|evaluator)/", "^apps/api/"] },
    },
    {
      name: "web-api-types-only",
      comment: "The dashboard knows the API by its types; its code must never reach a browser.",
      severity: "error",
      from: { path: "^apps/web/src/" },
      to: { path: "^apps/api/", ...atRunTime },
    },
    {
      name: "web-without-node",
      severity: "error",
      from: { path: "^apps/web/src/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "nobody-imports-proof",
      severity: "error",
      from: { path: ours, pathNot: "^proof/" },
      to: { path: "^proof/" },
    },

    // slices
    {
      name: "features-by-their-front-door",
      comment: "A feature reaches another one through its index.ts.",
      severity: "error",
      from: { path: "^apps/(api|web)/src/features/([^/]+)/" },
      to: {
        path: "^apps/$1/src/features/[^/]+/",
        // What a feature keeps for tests is for everybody's tests; "only-tests-import-testing" holds the product to that.
        pathNot: ["^apps/$1/src/features/$2/", "^apps/$1/src/features/[^/]+/(index[.]tsx?$|testing/)", "[.]json$"],
      },
    },
    {
      name: "only-tests-import-testing",
      comment: "Folders called testing are for tests; the product must not need them.",
      severity: "error",
      from: { path: "^(apps|packages)/[^/]+/src/", pathNot: tests },
      to: { path: ["^(apps|packages)/[^/]+/src/testing(/|[.]ts$)", "^apps/[^/]+/src/[^/]+/[^/]+/testing/"] },
    },
    {
      name: "features-not-through-doors",
      comment: "Only the wiring knows the protocol doors.",
      severity: "error",
      from: { path: "^apps/api/src/(features|doors)/([^/]+)/", pathNot: tests },
      to: { path: "^apps/api/src/doors/([^/]+)/", pathNot: ["^apps/api/src/$1/$2/", "^apps/api/src/doors/shared/"] },
    },
    {
      name: "doors-on-delivery",
      comment: "A protocol reads one place: features/delivery. It has no wish of its own and no other feature's words.",
      severity: "error",
      from: { path: "^apps/api/src/doors/([^/]+)/", pathNot: tests },
      to: {
        path: ours,
        pathNot: [
          "^apps/api/src/doors/($1|shared)/",
          "^apps/api/src/features/delivery/index[.]ts$",
          "^packages/(contracts|evaluator|db)/",
        ],
      },
    },
    {
      name: "doors-without-sql",
      severity: "error",
      from: { path: "^apps/api/src/doors/", pathNot: tests },
      to: { path: ["^packages/db/", "^node_modules/(drizzle-orm|pg|@electric-sql)/"], ...atRunTime },
    },
    {
      name: "ui-knows-no-feature",
      comment: "The design system can be lifted out: it knows nothing of flags.",
      severity: "error",
      from: { path: "^apps/web/src/ui/", pathNot: tests },
      to: { path: "^apps/web/src/", pathNot: "^apps/web/src/ui/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|migrations|results)/" },
    // Type imports count too; each rule says whether they are welcome.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
    cache: { folder: "node_modules/.cache/halyard/dependency-cruiser", strategy: "content" },
  },
};
