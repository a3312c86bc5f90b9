import { defineConfig } from "tsdown";

/** Our own packages are not published, so they are part of the bundle, types included. */
const ours = [/^@halyard\/(?:evaluator|contracts)/];

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/testing.ts"],
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  noExternal: ours,
  external: ["ws", "re2js", /^node:/],
  dts: { resolver: "tsc", eager: true },
  fixedExtension: true,
});
