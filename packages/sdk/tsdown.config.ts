import { defineConfig } from "tsdown";

/** Our own packages are not published, so they are part of the bundle, types included. */
const ours = [/^@halyard\/(?:evaluator|contracts)/];

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/testing.ts", "src/openfeature.ts", "src/react.ts", "src/solid.ts"],
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  deps: { alwaysBundle: ours, neverBundle: ["ws", "re2js", /^node:/, /^@openfeature/, "react", "solid-js"] },
  // Exports state their types, so declarations come from the source alone: under a second instead of a minute.
  dts: { oxc: true, resolver: "oxc" },
  fixedExtension: true,
});
