"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { OauthSetUp } from "@/lib/connection/schema";
import { ConnectForm } from "./connect-form";
import { OauthForm } from "./oauth-form";

const WAYS = ["token", "code", "redirect"] as const;

type ConnectWaysProps = { subdomain: string; oauth: OauthSetUp };

/** Three ways to the same connection. The long-lived token comes first. */
export function ConnectWays({ subdomain, oauth }: ConnectWaysProps) {
  const t = useTranslations("kommo.oauth");
  const [way, choose] = useState<(typeof WAYS)[number]>("token");
  return (
    <div className="max-w-2xl pt-2">
      <Segmented
        name="way"
        legend={t("way")}
        options={WAYS.map((value) => ({ value, label: t(`ways.${value}`) }))}
        value={way}
        onChoose={choose}
        note={t(`notes.${way}`)}
      />
      <div className="pt-2">
        {way === "token" ? (
          <ConnectForm subdomain={subdomain} />
        ) : (
          <OauthForm key={way} way={way} subdomain={subdomain || oauth.subdomain} oauth={oauth} />
        )}
      </div>
    </div>
  );
}
