import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

const config = {
  poweredByHeader: false,
  experimental: {
    // Larger files compress better. Still larger ones repeat so much that later pages load twice as much.
    turbopackChunking: { minChunkSize: 120_000 },
  },
  // `npm run check` is the one place that checks types, so a start need not do it again.
  typescript: { ignoreBuildErrors: true },
};

/** The plugin is for building alone: it would load a compiler into the server that runs. */
export default async function toConfig(phase) {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  const withNextIntl = createNextIntlPlugin({
    requestConfig: "./lib/i18n.ts",
    // Messages are parsed while building: the parser stays out of the browser.
    experimental: {
      messages: { path: "./messages", format: "json", locales: ["en", "ru"], precompile: true },
    },
  });
  return withNextIntl(config);
}
