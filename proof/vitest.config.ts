import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["journey/*.test.ts", "browser/*.test.ts"],
    // Whole products and browsers: one at a time.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
