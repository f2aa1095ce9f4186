"use client";

import { CircleX, TriangleAlert } from "lucide-react";
import type { Check } from "@/lib/domain/mapping/schema";
import { useCheckWords } from "./use-check-words";

type CheckLinesProps = { id: string; checks: readonly Check[] };

export function CheckLines({ id, checks }: CheckLinesProps) {
  const toWords = useCheckWords();
  return (
    <ul id={id} className="text-12 empty:hidden">
      {checks.map((check) => {
        const Icon = check.severity === "error" ? CircleX : TriangleAlert;
        const tone = check.severity === "error" ? "text-needs-admin-ink" : "text-needs-you-ink";
        const words = toWords(check);
        return (
          <li key={words} className={`flex gap-1 font-medium ${tone}`}>
            <Icon aria-hidden className="mt-px size-3.5 shrink-0" />
            {words}
          </li>
        );
      })}
    </ul>
  );
}
