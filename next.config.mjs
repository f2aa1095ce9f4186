import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/i18n.ts");

export default withNextIntl({
  poweredByHeader: false,
  // `npm run check` is the one place that checks types, so a start need not do it again.
  typescript: { ignoreBuildErrors: true },
});
