import { useTranslations } from "next-intl";

/** What happened and what to do, for an error code. */
export function useProofFailure(): (code: string) => { title: string; body: string } {
  const t = useTranslations("proof.failures");
  return (code) => {
    const known = t.has(`${code}.title`) ? code : "failed";
    return { title: t(`${known}.title`), body: t(`${known}.body`) };
  };
}
