import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["journey/*.test.ts", "browser/*.test.ts", "security/*.test.ts"],
    // Whole products and browsers: more at a time would only wait for each other.
    maxWorkers: 2,
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
