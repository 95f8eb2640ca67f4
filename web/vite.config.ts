/** How the pages are built: the organiser's and the shop, one origin, no remote addresses, the API proxied only while developing. */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = process.env["GREENROOM_API"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
  plugins: [react(), tailwindcss()],
  build: {
    target: "es2022",
    outDir: "dist",
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: { index: "index.html", shop: "shop.html" } },
  },
  server: { proxy: { "/api": api, "/healthz": api } },
});
