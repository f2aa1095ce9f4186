"use client";

import { useTranslations } from "next-intl";
import { useSignOut } from "@/components/shell/use-sign-out";

/** Back to the first step, for somebody else. */
export function OtherPerson({ personId }: { personId: string }) {
  const t = useTranslations("proof.step");
  const { press, isFailed, question } = useSignOut(personId, () => location.href);
  return (
    <>
      <button
        type="button"
        onClick={press}
        className="mt-2 inline-flex min-h-11 cursor-pointer items-center rounded-control text-13 font-medium text-ink underline underline-offset-2 lg:min-h-9"
      >
        {t("other")}
      </button>
      {question}
      <p role="alert" className="text-13 font-medium text-needs-admin-ink empty:hidden">
        {isFailed && t("otherFailed")}
      </p>
    </>
  );
}
