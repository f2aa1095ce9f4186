"use client";

import { useTranslations } from "next-intl";
import { ErrorNotice } from "./error-notice";

export function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <div className="max-w-xl py-4">
      <ErrorNotice t={useTranslations("crashed")} retry={retry} />
    </div>
  );
}
