"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { startAuthorisation } from "@/lib/account/actions";
import { FormFailure } from "./form-failure";
import { useConnecting } from "./use-connecting";

/** One press: the integration and the account are known, and Kommo asks for the permission anew. */
export function Reconnect({ subdomain, isFirst }: { subdomain: string; isFirst: boolean }) {
  const t = useTranslations("kommo.oauth");
  const { progress, submit, failure } = useConnecting({
    run: () => startAuthorisation({ ...(subdomain && { subdomain }) }),
    names: [],
    onDone: (url) => window.location.assign(url),
  });
  return (
    <form method="dialog" onSubmit={submit} className="py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button type="submit" size="small" aria-disabled={progress !== "typing"}>
          {t(progress !== "typing" ? "going" : isFirst ? "go" : "again")}
        </Button>
        <p className="text-13 text-ink-muted">{t("againHint")}</p>
      </div>
      <FormFailure words={failure} />
    </form>
  );
}
