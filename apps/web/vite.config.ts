import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

/** Where `npm run dev` finds the API; the built dashboard is served by the API itself. */
const api = { target: process.env.HALYARD_URL ?? "http://127.0.0.1:8000", ws: true };

export default defineConfig({
  plugins: [tailwindcss(), solid()],
  build: {
    target: "es2022",
    // light-dark() and OKLCH must reach the browser as written: the lowered form ignores a hand-picked theme.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    // The page's policy allows no data: URLs and no inline script, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { "/trpc": api, "/rest": api, "/auth": api, "/api": api } },
});
