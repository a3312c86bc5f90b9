import solid from "eslint-plugin-solid/configs/typescript";
import tseslint from "typescript-eslint";

const tests = ["**/*.test.ts", "**/*.test.tsx", "**/vitest.*.ts"];

const environmentVersion = [
  {
    selector:
      "CallExpression[callee.property.name='set'][callee.object.callee.property.name='update']:matches([callee.object.arguments.0.name='environment'], [callee.object.arguments.0.property.name='environment']) Property[key.name=/^(version|headHash|documentUpdatedAt)$/]",
    message: "Only features/revisions may move an environment's version, its head hash or its document time: use withRevision.",
  },
  {
    selector: 'TemplateElement[value.raw=/update\\s+"?environment"?\\s+set[^;]*(version|head_hash|document_updated_at)/i]',
    message: "Only features/revisions may move an environment's version, its head hash or its document time: use withRevision.",
  },
];

const flagsmithWords = [
  {
    // Management says of its own things whether those clients can have them.
    selector:
      "Identifier[name=/^(?!flagsmith(Exact)?$|(readF|toF)lagsmith(Rules)?$).*flagsmith|^feature_(state|segment)|^feature_state_value|^environment_document$/i]",
    message: "Flagsmith's words live in doors/flagsmith and in the importer. Say flag, flag state, override, snapshot.",
  },
  {
    selector: "Literal[value=/x-flagsmith|feature_state_value|feature_segment/i]",
    message: "Flagsmith's protocol lives in doors/flagsmith.",
  },
];

/** Correctness only; Biome decides how code looks. */
export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/node_modules/**",
      "**/migrations/**",
      "proof/results/**",
      "**/*.js",
      "**/*.mjs",
      "**/*.cjs",
      "!tooling/**/*.mjs",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.tsx", "tooling/**/*.mjs"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-params": ["error", 3],
      // Taking fields off an object on the way is the plain way to leave them out.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      // `exactOptionalPropertyTypes` and index access make these two disagree with honest defensive code at the edges.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "Only apps/api/src/config.ts reads the environment; take a Config instead.",
        },
      ],
    },
  },
  { files: ["apps/web/**/*.tsx"], ...solid },
  // The compiler checks these in its "configs" step; they belong to no workspace's program, so typed rules cannot read them.
  {
    files: ["**/*.config.ts"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
  // A JSDoc cast types a value for the compiler, but these rules look at the expression inside it.
  {
    files: ["tooling/**/*.mjs"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off", "@typescript-eslint/no-unsafe-return": "off" },
  },
  {
    files: ["packages/evaluator/src/**"],
    ignores: tests,
    rules: {
      "no-restricted-globals": ["error", "process", "fetch", "setTimeout", "setInterval", "performance", "crypto", "console"],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "The evaluator has no clock: the same input must give the same answer." },
        { object: "Math", property: "random", message: "The evaluator has no chance: buckets come from hashes." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "The evaluator has no clock." },
      ],
    },
  },
  {
    files: ["apps/api/src/**", "packages/db/src/**", "packages/contracts/src/**"],
    ignores: [
      ...tests,
      "apps/api/src/doors/flagsmith/**",
      "apps/api/src/features/import*/**",
      "apps/api/src/features/revisions/**",
      "packages/contracts/src/**/*import*",
    ],
    rules: { "no-restricted-syntax": ["error", ...environmentVersion, ...flagsmithWords] },
  },
  // The wiring has to name the doors it opens.
  { files: ["apps/api/src/app.ts"], rules: { "no-restricted-syntax": ["error", ...environmentVersion] } },
  {
    files: ["apps/api/src/doors/flagsmith/**", "apps/api/src/features/import*/**"],
    ignores: tests,
    rules: { "no-restricted-syntax": ["error", ...environmentVersion] },
  },
  {
    files: ["apps/api/src/features/revisions/**"],
    ignores: tests,
    rules: { "no-restricted-syntax": ["error", ...flagsmithWords] },
  },
  {
    files: [
      "apps/api/src/config.ts",
      "packages/db/src/testing.ts",
      "packages/db/drizzle.config.ts",
      "packages/cli/**",
      "proof/**",
      "tooling/**",
      "**/*.config.ts",
      ...tests,
    ],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: [...tests, "proof/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
