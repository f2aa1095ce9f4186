import { useTranslations } from "next-intl";

/** Who entered a lead, as it is shown: a person, or the website form through which it came. */
export function useAuthorName() {
  const t = useTranslations("intake");
  return ({ author, byForm }: { author: string; byForm: boolean }) =>
    byForm ? t("author", { form: author }) : author;
}
