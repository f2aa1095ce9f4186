import { useTranslations } from "next-intl";

type FormOutcomeProps = { isConnected: boolean; failure: string | undefined };

/** Under the button of each way to connect: how it went. */
export function FormOutcome({ isConnected, failure }: FormOutcomeProps) {
  const t = useTranslations("kommo");
  return (
    <>
      <p role="status" className="mt-2 text-13 text-good-ink empty:hidden">
        {isConnected ? t("connected") : null}
      </p>
      <p role="alert" className="mt-2 text-13 font-medium text-needs-admin-ink empty:hidden">
        {failure}
      </p>
    </>
  );
}
