import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

/** Patience for machines that do much else; a test that hangs is found all the same. */
const patienceMs = 30_000;

export default defineConfig({
  // On Node, Solid would be its server's half, which has no signals.
  resolve: { alias: { "solid-js": createRequire(import.meta.url).resolve("solid-js/dist/solid.js") } },
  test: { include: ["src/**/*.test.ts"], testTimeout: patienceMs, hookTimeout: patienceMs },
});
