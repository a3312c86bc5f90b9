import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "tsdown";

const outDir = fileURLToPath(new URL("dist", import.meta.url));
const packages = fileURLToPath(new URL("../../packages", import.meta.url));

export default defineConfig({
  entry: ["src/main.ts"],
  format: "esm",
  platform: "node",
  target: "node20",
  outDir,
  outExtensions: () => ({ js: ".js" }),
  dts: false,
  sourcemap: true,
  clean: true,
  logLevel: "warn",
  // Our own packages are TypeScript source and go in; everything from npm stays where npm put it (PGlite finds its files beside itself).
  deps: { alwaysBundle: [/^@halyard\//], neverBundle: [/^(?!@halyard\/)(?:@[^/]+\/)?[a-z]/] },
  plugins: [
    {
      name: "files-beside-our-packages",
      // A package that reads files beside its source (migrations) must still find them once it is inside the bundle.
      transform(code: string, id: string) {
        if (!id.startsWith(packages + sep) || !code.includes("import.meta.url")) return null;
        const original = relative(outDir, id).split(sep).join("/");
        return {
          code: code.replaceAll("import.meta.url", `new URL(${JSON.stringify(original)}, import.meta.url).href`),
          map: null,
        };
      },
    },
  ],
});
