"use client";

import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import type { Check } from "@/lib/mapping/schema";
import { useCheckWords } from "./use-check-words";

type CheckLinesProps = { id: string; checks: readonly Check[]; fine?: string };

/** What is wrong with one place, a sentence each; or that it is fine. */
export function CheckLines({ id, checks, fine }: CheckLinesProps) {
  const toWords = useCheckWords();
  return (
    <ul id={id} className="min-h-4 text-12">
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
      {checks.length === 0 && fine && (
        <li className="flex gap-1 text-good-ink">
          <CircleCheck aria-hidden className="mt-px size-3.5 shrink-0" />
          {fine}
        </li>
      )}
    </ul>
  );
}
