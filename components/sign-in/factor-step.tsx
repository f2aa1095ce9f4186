"use client";

import { useTranslations } from "next-intl";
import { ProofForm } from "@/components/proof/proof-form";
import type { ProofWay } from "@/lib/proof/schema";
import { OtherPerson } from "./other-person";
import { toOwnPage } from "./sign-in";

type FactorStepProps = { callback: string | undefined; personId: string; ways: ProofWay[] };

/** The second step of a sign-in. */
export function FactorStep({ callback, personId, ways }: FactorStepProps) {
  const t = useTranslations("proof.step");
  return (
    <>
      <ProofForm ways={ways} onProven={() => location.assign(toOwnPage(callback, location.origin))} />
      <p className="mt-4 text-13 text-ink-muted">{t("lost")}</p>
      <OtherPerson personId={personId} />
    </>
  );
}
