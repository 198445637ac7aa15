// How the console is built: one static folder, web/dist, that the binary carries. Nothing in it is inline, so that the server can
// answer with a Content-Security-Policy of 'self' alone and require Trusted Types.
import { fileURLToPath } from "node:url";
import { convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme, DEFAULT_THEME } from "@mantine/core";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { cssVariables, theme } from "./src/ui/theme";

// Mantine writes its theme's CSS variables into a <style> element at run time, which a strict policy forbids. The same text is
// made here, at build time, as an ordinary style sheet.
function themeStyleSheet(): Plugin {
  const id = "virtual:theme.css";
  return {
    name: "privity-theme",
    resolveId: (source) => (source === id ? id : null),
    load(source) {
      if (source !== id) return null;
      const merged = mergeMantineTheme(DEFAULT_THEME, theme);
      const defaults = defaultCssVariablesResolver(merged);
      const own = cssVariables(merged);
      return convertCssVariables({
        variables: { ...defaults.variables, ...own.variables },
        light: { "--mantine-color-scheme": "light", ...defaults.light, ...own.light },
        dark: { "--mantine-color-scheme": "dark", ...defaults.dark, ...own.dark },
      });
    },
  };
}

export default defineConfig({
  plugins: [react(), themeStyleSheet()],
  resolve: { alias: { "@words": fileURLToPath(new URL("../words", import.meta.url)) } },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rollupOptions: {
      output: {
        // Libraries change seldom and Privity's own code often: keep them in files of their own, so that an update is a small download.
        manualChunks: (id) => {
          return /node_modules\/(react|react-dom|scheduler|react-router)\//.test(id) ? "react" : undefined;
        },
      },
    },
  },
  server: {
    fs: { allow: [".."] },
    // `npm run dev` beside a running `privity serve`.
    proxy: { "/v1": { target: process.env["PRIVITY_URL"] ?? "http://127.0.0.1:8480" } },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
    setupFiles: ["./tests/setup.ts"],
    testTimeout: 60_000,
  },
});
