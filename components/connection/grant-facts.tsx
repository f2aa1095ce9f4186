import { useTranslations } from "next-intl";
import type { GrantState } from "@/lib/connection/schema";

const MINUTE_MS = 60_000;
// By less a clock is set right all the time, and an answer is on its way.
const NOTICED_MS = 2 * MINUTE_MS;

const NAMED = ["crm", "files", "files_delete", "notifications", "push_notifications"] as const;

/** What Kommo has allowed, what is missing for what, and a clock that is wrong. */
export function GrantFacts({ grant: { scopes, clockAheadMs } }: { grant: GrantState }) {
  const t = useTranslations("kommo.oauth");
  const toWord = (scope: string) => {
    const named = NAMED.find((name) => name === scope);
    return named ? t(`scope.${named}`) : scope;
  };
  const words = [...new Set((scopes ?? []).map(toWord))].join(", ");
  const aheadMs = clockAheadMs ?? 0;
  const minutes = Math.round(Math.abs(aheadMs) / MINUTE_MS);
  return (
    <div className="flex flex-col gap-1 border-t border-border px-4 py-2 text-13">
      <p className="break-words text-ink-muted">
        {scopes === null ? t("scopesUnknown") : t("scopes", { scopes: words || "–" })}
      </p>
      {scopes !== null && !scopes.includes("crm") && (
        <p className="font-medium text-needs-admin-ink">{t("scopeMissing")}</p>
      )}
      {Math.abs(aheadMs) > NOTICED_MS && (
        <p className="font-medium text-needs-you-ink">
          {t(aheadMs > 0 ? "clockAhead" : "clockBehind", { minutes })}
        </p>
      )}
    </div>
  );
}
