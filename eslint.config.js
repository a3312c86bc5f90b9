import solid from "eslint-plugin-solid/configs/typescript";
import tseslint from "typescript-eslint";

/** Correctness only; Biome decides how code looks. */
export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "**/migrations/**", "proof/results/**", "**/*.js", "**/*.mjs", "**/*.cjs"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-params": ["error", 3],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      // `exactOptionalPropertyTypes` and index access make these two disagree with honest defensive code at the edges.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only apps/api/src/config.ts reads the environment; take a Config instead." },
      ],
    },
  },
  { files: ["apps/web/**/*.tsx"], ...solid },
  {
    files: ["apps/api/src/config.ts", "packages/db/src/testing.ts", "packages/db/drizzle.config.ts", "packages/cli/**", "proof/**", "**/*.test.ts", "**/*.test.tsx", "**/vitest.config.ts"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "proof/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
