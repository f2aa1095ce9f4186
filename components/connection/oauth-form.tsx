"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { connectByCode, startAuthorisation } from "@/lib/account/actions";
import type { GrantWay, OauthSetUp } from "@/lib/connection/schema";
import { FormFailure } from "./form-failure";
import { IntegrationFields } from "./integration-fields";
import { useConnecting } from "./use-connecting";

const NAMES = ["subdomain", "clientId", "clientSecret", "redirectUri", "code"];

type OauthFormProps = { way: GrantWay; subdomain: string; oauth: OauthSetUp };

/** The keys and the code go to the server and never come back. By way of Kommo's page the browser goes there. */
export function OauthForm({ way, subdomain, oauth }: OauthFormProps) {
  const t = useTranslations("kommo");
  const id = useId();
  const { replace, refresh } = useRouter();
  const { progress, submit, errorOf, failure } = useConnecting<unknown>({
    run: async (form) => {
      const wanted = toWanted(form);
      return way === "code" ? connectByCode(wanted) : startAuthorisation(wanted);
    },
    names: NAMES,
    onDone: (url) => {
      if (typeof url === "string") return window.location.assign(url);
      // The page says how it went: with the new connection another form takes the place of this one.
      replace("/admin/kommo?oauth=connected");
      refresh();
    },
  });
  // On its way to Kommo's page this one is still there for a moment.
  const isBusy = progress === "trying" || (progress === "connected" && way === "redirect");
  const verb = way === "code" ? "connect" : "oauth.go";
  const trying = way === "code" ? "trying" : "oauth.going";

  return (
    <form method="dialog" noValidate onSubmit={submit} className="max-w-2xl pb-2">
      <div className="flex flex-col gap-1.5">
        <Field
          id={`${id}-subdomain`}
          name="subdomain"
          label={t("subdomain")}
          hint={t("oauth.accountHint")}
          error={errorOf("subdomain")}
          defaultValue={subdomain}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <IntegrationFields oauth={oauth} errorOf={errorOf} />
        {way === "code" && (
          <Field
            id={`${id}-code`}
            name="code"
            type="password"
            label={t("oauth.code")}
            hint={t("oauth.codeHint")}
            error={errorOf("code")}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </div>
      <Button type="submit" size="small" className="mt-3" aria-disabled={isBusy}>
        {t(isBusy ? trying : verb)}
      </Button>
      <FormFailure words={failure} />
    </form>
  );
}

/** An integration whose keys are not asked for is the one that is known. */
function toWanted(form: FormData) {
  const { clientId, clientSecret, redirectUri, ...rest } = Object.fromEntries(form);
  return clientId === undefined ? rest : { ...rest, integration: { clientId, clientSecret, redirectUri } };
}
