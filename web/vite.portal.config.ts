// How the portal is built: a page of its own, web/dist-portal, with nothing of the console in it (scripts/weight.ts holds it to a
// weight that a slow line carries).
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("./portal"),
  resolve: { alias: { "@words": here("../words") } },
  build: {
    outDir: here("./dist-portal"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: {
    fs: { allow: [here("..")] },
    // `npm run dev:portal` beside a running server with a public listener.
    proxy: { "/v1": { target: process.env["PRIVITY_PORTAL_URL"] ?? "http://127.0.0.1:8481" } },
  },
});
