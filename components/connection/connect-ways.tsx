"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { OauthSetUp } from "@/lib/connection/schema";
import { ConnectForm } from "./connect-form";
import { OauthForm } from "./oauth-form";

const WAYS = ["token", "code", "redirect"] as const;
type Way = (typeof WAYS)[number];

type ConnectWaysProps = { subdomain: string; oauth: OauthSetUp; first?: Way };

/** Three ways to the same connection. The long-lived token comes first, unless somebody has just tried another way. */
export function ConnectWays({ subdomain, oauth, first = "token" }: ConnectWaysProps) {
  const t = useTranslations("kommo.oauth");
  const [way, choose] = useState(first);
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
          <OauthForm
            key={way}
            way={way}
            subdomain={oauth.kept?.subdomain || subdomain || oauth.subdomain}
            oauth={oauth}
          />
        )}
      </div>
    </div>
  );
}
