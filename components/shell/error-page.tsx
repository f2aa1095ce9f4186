"use client";

import { useLocale } from "next-intl";
import words from "@/messages/crashed.json";
import { ErrorNotice } from "./error-notice";

export function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <div className="max-w-xl py-4">
      <ErrorNotice role="alert" words={useLocale() === "ru" ? words.ru : words.en} retry={retry} />
    </div>
  );
}
