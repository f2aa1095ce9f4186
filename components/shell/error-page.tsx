"use client";

import { useLocale } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import words from "@/messages/crashed.json";

export function ErrorPage({ retry }: { retry: () => void }) {
  const { title, body, again } = useLocale() === "ru" ? words.ru : words.en;
  return (
    <div className="max-w-xl py-4">
      <Notice role="alert" title={title} body={body}>
        <Button look="secondary" onClick={retry}>
          {again}
        </Button>
      </Notice>
    </div>
  );
}
