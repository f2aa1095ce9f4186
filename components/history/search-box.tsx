"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { History } from "@/lib/history/schema";
import { useAddress } from "./use-address";
import { useSlash } from "./use-slash";

const PAUSE_MS = 200;

type SearchBoxProps = { history: History; found: { count: number; first?: string } };

/** Searches while the person types. Enter opens the only result, or moves to the first of several. */
export function SearchBox({ history, found }: SearchBoxProps) {
  const t = useTranslations("leads.search");
  const router = useRouter();
  const { change, isPending } = useAddress(history);
  const input = useRef<HTMLInputElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(history.q ?? "");
  const [isOpening, setOpening] = useState(false);
  const isSettled = !isPending && text.trim() === (history.q ?? "");
  useSlash(input);

  // The address may change by itself: by Back, or by a link that clears the filters.
  const [shown, setShown] = useState(history.q);
  if (shown !== history.q) {
    setShown(history.q);
    if (text.trim() !== (history.q ?? "") && !isPending) setText(history.q ?? "");
  }

  /** The filters may change between the last key and the pause's end. */
  const latest = useRef<(q: string) => void>(undefined);
  const search = (q: string) => {
    clearTimeout(pause.current);
    if (q.trim() !== (history.q ?? "")) change({ q: q.trim() || undefined });
  };
  useEffect(() => {
    latest.current = search;
  });
  useEffect(() => () => clearTimeout(pause.current), []);
  useEffect(() => {
    if (!isOpening || !isSettled) return;
    setOpening(false);
    if (!history.q || !found.first) return;
    if (found.count === 1) router.push(`/leads/${found.first}`);
    else document.querySelector<HTMLElement>("#leads a[href^='/leads/']")?.focus();
  }, [isOpening, isSettled, history.q, found, router]);

  return (
    <search className="min-w-0 grow md:min-w-72">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search(text);
          setOpening(true);
        }}
      >
        <label htmlFor="list-search" className="mb-0.5 block text-12 text-ink-muted">
          {t("label")}
        </label>
        <div className="relative">
          <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint" />
          <input
            ref={input}
            id="list-search"
            type="search"
            enterKeyHint="search"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={255}
            placeholder={t("placeholder")}
            aria-describedby="list-search-news"
            aria-keyshortcuts="/"
            value={text}
            onChange={(event) => {
              const typed = event.target.value;
              setText(typed);
              setOpening(false);
              clearTimeout(pause.current);
              pause.current = setTimeout(() => latest.current?.(typed), PAUSE_MS);
            }}
            className="block h-11 w-full rounded-control border border-border-strong bg-surface pr-3 pl-9 text-16 text-ink placeholder:text-ink-faint hover:border-ink-faint lg:h-9 lg:text-14"
          />
        </div>
      </form>
      <p id="list-search-news" role="status" className="sr-only">
        {isSettled && history.q ? t("found", { count: found.count }) : ""}
      </p>
    </search>
  );
}
