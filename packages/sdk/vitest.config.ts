import { defineConfig } from "vitest/config";

/** Patience for machines that do much else; a test that hangs is found all the same. */
const patienceMs = 30_000;

export default defineConfig({ test: { include: ["src/**/*.test.ts"], testTimeout: patienceMs, hookTimeout: patienceMs } });
