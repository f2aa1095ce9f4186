import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

/** How the way to Kommo's page and back has ended, by its code, which stays in no address. */
export function OauthResult({ returned }: { returned: string | undefined }) {
  const t = useTranslations("kommo");
  const { replace } = useRouter();
  const [code, show] = useState(returned);
  if (returned !== undefined && returned !== code) show(returned);
  useEffect(() => {
    if (returned !== undefined) replace("/admin/kommo", { scroll: false });
  }, [returned, replace]);

  if (code === "connected") {
    return (
      <p role="status" className="border-b border-border px-4 py-2 text-good-ink">
        {t("oauth.connected")}
      </p>
    );
  }
  if (code === undefined) return null;
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
