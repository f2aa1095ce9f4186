import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import type { OauthSetUp } from "@/lib/connection/schema";

type IntegrationFieldsProps = { oauth: OauthSetUp; errorOf: (name: string) => string | undefined };

/** Which integration: the one that is known, or its keys, with the addresses that Kommo wants of us. */
export function IntegrationFields({ oauth, errorOf }: IntegrationFieldsProps) {
  const t = useTranslations("kommo.oauth");
  const { clientId, kept } = oauth;
  const [isAnother, setAnother] = useState(kept !== null);
  const isKnown = clientId !== null && !isAnother;
  return (
    <>
      {clientId !== null && (
        <p className="mb-1 text-13 text-ink-muted">
          {isKnown && t("known", { clientId })}{" "}
          <button
            type="button"
            onClick={() => setAnother(isKnown)}
            className="cursor-pointer rounded-control text-accent-ink underline-offset-2 hover:underline pointer-coarse:min-h-11"
          >
            {isKnown ? t("another") : t("useKnown", { clientId })}
          </button>
        </p>
      )}
      {/* Out of use it is not sent, and what was typed stays in it. */}
      <fieldset disabled={isKnown} hidden={isKnown} className="flex min-w-0 flex-col gap-1.5">
        <Keys oauth={oauth} errorOf={errorOf} />
      </fieldset>
    </>
  );
}

function Keys({ oauth, errorOf }: IntegrationFieldsProps) {
  const t = useTranslations("kommo.oauth");
  const id = useId();
  const { kept } = oauth;
  return (
    <>
      <p className="text-13 text-ink-muted">{t("steps")}</p>
      <dl className="mb-1 grid gap-1 text-13">
        <Address name={t("redirectUri")} address={oauth.redirectUri} />
        <Address name={t("hookUrl")} address={oauth.hookUrl} />
      </dl>
      {kept && <p className="mb-1 text-13 font-medium">{t("kept")}</p>}
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
        <Field
          id={`${id}-id`}
          name="clientId"
          label={t("clientId")}
          error={errorOf("clientId")}
          defaultValue={kept?.clientId}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Field
          id={`${id}-secret`}
          name="clientSecret"
          type="password"
          label={t("clientSecret")}
          hint={t(kept?.hasSecret ? "secretKept" : "secretHint")}
          error={errorOf("clientSecret")}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <Field
        id={`${id}-redirect`}
        name="redirectUri"
        label={t("redirectUri")}
        hint={t("redirectUriHint")}
        error={errorOf("redirectUri")}
        defaultValue={kept?.redirectUri ?? oauth.redirectUri}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </>
  );
}

function Address({ name, address }: { name: string; address: string }) {
  const t = useTranslations("kommo.oauth");
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <dt className="text-ink-muted">{name}</dt>
      <dd className="flex min-w-0 items-center">
        <code className="min-w-0 break-all text-12">{address}</code>
        <CopyButton text={address} label={t("copy", { name })} />
      </dd>
    </div>
  );
}
