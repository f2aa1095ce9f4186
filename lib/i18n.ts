import { getRequestConfig } from "next-intl/server";
import { getLocale } from "@/lib/preferences/queries";

export default getRequestConfig(async () => {
  const locale = await getLocale();
  const { default: messages } = await import(`../messages/${locale}.json`);
  return { locale, messages };
});
