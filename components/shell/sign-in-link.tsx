import { useTranslations } from "next-intl";

/** Opens a new tab, so that what was typed here stays. */
export function SignInLink() {
  const t = useTranslations("lead.sending.signed_out");
  return (
    <a
      href="/sign-in"
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-11 items-center rounded-control px-2 font-medium text-ink underline underline-offset-2"
    >
      {t("link")}
    </a>
  );
}
