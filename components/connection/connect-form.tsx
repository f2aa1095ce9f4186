"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { connectAccount } from "@/lib/account/actions";
import { FormFailure } from "./form-failure";
import { useConnecting } from "./use-connecting";

const NAMES = ["subdomain", "token"];

/** The token goes to the server and never comes back. The server tries it with Kommo at once. */
export function ConnectForm({ subdomain }: { subdomain: string }) {
  const t = useTranslations("kommo");
  const id = useId();
  const { replace, refresh } = useRouter();
  const { progress, submit, errorOf, failure } = useConnecting({
    run: (form) => connectAccount(Object.fromEntries(form)),
    names: NAMES,
    onDone: () => {
      // The page says how it went: with the new connection another form may take the place of this one.
      replace("/admin/kommo?oauth=connected", { scroll: false });
      refresh();
    },
  });

  return (
    <form method="dialog" noValidate onSubmit={submit} className="max-w-2xl pt-2 pb-2">
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
        <Field
          id={`${id}-subdomain`}
          name="subdomain"
          label={t("subdomain")}
          hint={t("subdomainHint")}
          error={errorOf("subdomain")}
          defaultValue={subdomain}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Field
          id={`${id}-token`}
          name="token"
          type="password"
          label={t("newToken")}
          hint={t("tokenHint")}
          error={errorOf("token")}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <Button type="submit" size="small" className="mt-3" aria-disabled={progress === "trying"}>
        {t(progress === "trying" ? "trying" : "connect")}
      </Button>
      <FormFailure words={failure} />
    </form>
  );
}
