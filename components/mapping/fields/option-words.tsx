"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import type { Option } from "@/lib/domain/mapping/catalogue";
import { toOptionKey } from "@/lib/domain/mapping/schema";

type OptionWordsProps = {
  name: string;
  options: readonly Option[];
  /** The option's id by our text. */
  words: Record<string, number>;
  onChange: (words: Record<string, number>) => void;
};

/** The words that a seller may type for each option. The option's own name always counts. */
export function OptionWords({ name, options, words, onChange }: OptionWordsProps) {
  const t = useTranslations("mapping");
  const others = (id: number) => Object.entries(words).filter(([, option]) => option !== id);

  const setWords = (id: number, typed: string) => {
    const own = typed.split(",").map(toOptionKey).filter(Boolean);
    onChange(Object.fromEntries([...others(id), ...own.map((word) => [word, id] as const)]));
  };

  return (
    <Disclosure title={t("optionsTitle", { count: options.length })}>
      {() => (
        <>
          <p className="pb-2 text-12 text-ink-muted">{t("optionsHint")}</p>
          <ul className="flex flex-col gap-2">
            {options.map((option) => (
              <OptionRow
                key={option.id}
                label={t("optionFor", { field: name, option: option.value })}
                option={option}
                typed={Object.keys(words)
                  .filter((word) => words[word] === option.id)
                  .join(", ")}
                onDone={(typed) => setWords(option.id, typed)}
              />
            ))}
          </ul>
        </>
      )}
    </Disclosure>
  );
}

type OptionRowProps = { label: string; option: Option; typed: string; onDone: (typed: string) => void };

function OptionRow({ label, option, typed, onDone }: OptionRowProps) {
  const t = useTranslations("mapping");
  const [text, setText] = useState<string>();
  return (
    <li className="grid items-center gap-x-3 sm:grid-cols-2">
      <span translate="no" className="min-w-0 break-words">
        {option.value} <span className="text-12 text-ink-faint tabular-nums">{option.id}</span>
      </span>
      <input
        aria-label={label}
        placeholder={t("optionPlaceholder")}
        value={text ?? typed}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          // An unchanged text must not take back a word that another option has by now.
          if (text !== undefined) onDone(text);
          setText(undefined);
        }}
        autoComplete="off"
        className="h-11 rounded-control border border-border-strong bg-surface px-3 text-16 lg:h-9 lg:text-13"
      />
    </li>
  );
}
