"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { Erased, FoundPerson } from "@/lib/privacy/schema";
import { findPerson } from "./find-person";
import { FoundLeads } from "./found-leads";
import { LeftInKommo } from "./left-in-kommo";

type ErasePersonProps = {
  found: FoundPerson | undefined;
  kommoUrl: string | undefined;
  serverNow: number;
};

/** Finds everything that is stored about one person, and erases what is selected. */
export function ErasePerson({ found, kommoUrl, serverNow }: ErasePersonProps) {
  const t = useTranslations("erasure");
  const { replace } = useRouter();
  const [finding, setFinding] = useState(found);
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<"signed_out" | "forbidden" | "offline" | "failed">();
  const [isBusy, setBusy] = useState(false);
  const [erased, setErased] = useState<Erased>();

  const find = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const field = event.currentTarget.querySelector("input");
    const typed = field?.value.trim() ?? "";
    setErased(undefined);
    setError(typed ? undefined : t("missing"));
    if (!typed) return field?.focus();

    setBusy(true);
    const answer = await findPerson(typed);
    setBusy(false);
    setFailure(typeof answer === "string" ? answer : undefined);
    setFinding(typeof answer === "string" ? undefined : answer);
  };
  const finish = (answer: Erased) => {
    setFinding(undefined);
    setErased(answer);
    document.getElementById("page")?.focus();
    // Without the id of an erased lead in the address.
    replace("/admin/privacy");
  };

  return (
    <section aria-labelledby="erase">
      <h2 id="erase" className="text-16 font-semibold">
        {t("title")}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{t("hint")}</p>
      <form noValidate method="dialog" onSubmit={find} className="flex flex-wrap items-start gap-2">
        <Field
          id="contact"
          label={t("contact")}
          hint={t("contactHint")}
          error={error}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          className="w-full sm:w-72"
        />
        <Button type="submit" aria-disabled={isBusy} className="max-sm:w-full sm:mt-5 md:mt-6">
          {t("find")}
        </Button>
      </form>
      <p role="status" className="mt-1 text-13 font-medium text-good-ink empty:hidden">
        {erased && t("done", { count: erased.count })}
      </p>
      {erased && <LeftInKommo erased={erased} kommoUrl={kommoUrl} />}
      {failure && (
        <div className="mt-2">
          <Notice role="alert" title={t("notLooked")} body={t(`failures.${failure}`)} />
        </div>
      )}
      {finding && (
        <FoundLeads key={toKey(finding)} finding={finding} serverNow={serverNow} onErased={finish} />
      )}
    </section>
  );
}

/** Another person's leads start with all of them selected. */
function toKey({ leads }: FoundPerson): string {
  return leads.map(({ id }) => id).join();
}
