"use client";

import { Check, Copy, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";

const SHOWN_MS = 1500;

type CopyButtonProps = { text: string; label: string; children?: ReactNode; className?: string };

export function CopyButton({ text, label, children, className = "" }: CopyButtonProps) {
  const t = useTranslations("copy");
  const [result, setResult] = useState<"copied" | "failed">();

  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);

  const Icon = result === "copied" ? Check : result === "failed" ? TriangleAlert : Copy;
  return (
    <button
      type="button"
      aria-label={result ? t(result) : label}
      aria-live="polite"
      title={label}
      onClick={async () => setResult((await copy(text)) ? "copied" : "failed")}
      className={`relative inline-flex min-h-8 cursor-pointer items-center gap-1 rounded-control px-2 text-12 hover:bg-sunken hover:text-ink pointer-coarse:min-h-11 ${result === "copied" ? "text-good-ink" : result ? "text-needs-admin-ink" : "text-ink-muted"} ${className}`}
    >
      {children}
      <Icon aria-hidden className="size-3.5 shrink-0" />
    </button>
  );
}

/** Browsers hide the clipboard on plain http, where the old method works. */
async function copy(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // The browser's settings refused it. The old method may still work.
  }
  const holder = Object.assign(document.createElement("textarea"), { value: text });
  const focused = document.activeElement;
  document.body.append(holder);
  holder.select();
  const isCopied = document.execCommand("copy");
  holder.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
