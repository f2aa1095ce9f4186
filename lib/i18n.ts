import { getRequestConfig } from "next-intl/server";
import { getLocale } from "@/lib/preferences/queries";
import crashed from "@/messages/crashed.json";

export default getRequestConfig(async () => {
  const locale = await getLocale();
  const { default: messages } = await import(`../messages/${locale}.json`);
  return { locale, messages: { ...messages, crashed: crashed[locale] } };
});
