import { useTranslations } from "next-intl";

/** How the way to Kommo's page and back has ended, by its code. */
export function OauthResult({ code }: { code: string }) {
  const t = useTranslations("kommo");
  if (code === "connected") {
    return (
      <p role="status" className="border-b border-border px-4 py-2 text-good-ink">
        {t("oauth.connected")}
      </p>
    );
  }
  const words =
    code === "signed_out"
      ? t("oauth.signedOut")
      : t(t.has(`failures.${code}`) ? `failures.${code}` : "failures.failed");
  return (
    <p role="alert" className="border-b border-border bg-needs-admin-tint px-4 py-2 text-needs-admin-ink">
      {words}
    </p>
  );
}
