"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useAuthorName } from "@/components/lead/use-author-name";
import { outcomes } from "@/lib/domain/lead/states";
import type { History } from "@/lib/history/schema";
import { toOutcome } from "./address";
import { Choice } from "./choice";
import { DayInput } from "./day-input";
import { SearchBox } from "./search-box";
import { useAddress } from "./use-address";

type HistoryBarProps = {
  history: History;
  sources: string[];
  /** Only for those who see everyone's leads. */
  authors: { id: string; author: string; byForm: boolean }[];
  found: { count: number; first?: string };
  /** Other actions on the list, next to the filters. */
  children?: ReactNode;
};

const sorts = ["newest", "oldest", "name", "name_desc"] as const;

/** The filters are in the address, so that a list can be sent to a colleague. */
export function HistoryBar({ history, sources, authors, found, children }: HistoryBarProps) {
  const t = useTranslations("leads");
  const toAuthorName = useAuthorName();
  const { change, isPending } = useAddress(history);
  const chosen = [history.source, history.outcome, history.author, history.from, history.to].filter(
    Boolean,
  ).length;
  const [isOpen, setOpen] = useState(chosen > 0);

  return (
    <div className="mb-3 flex flex-col gap-2 md:flex-row md:flex-wrap md:items-end">
      <SearchBox history={history} found={found} />
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls="list-filters"
        onClick={() => setOpen(!isOpen)}
        className="inline-flex min-h-11 cursor-pointer items-center gap-2 self-start rounded-control text-14 font-medium text-accent-ink hover:underline md:hidden"
      >
        <SlidersHorizontal aria-hidden className="size-4" />
        {t("filters.open")}
        {chosen > 0 && <span className="tabular-nums">({chosen})</span>}
      </button>
      <div
        id="list-filters"
        aria-busy={isPending}
        className={`grid-cols-2 gap-2 md:flex md:basis-full md:flex-wrap md:items-end ${isOpen ? "grid" : "hidden"}`}
      >
        <Choice
          id="source"
          label={t("source")}
          value={history.source}
          options={sources.map((source) => ({ value: source, label: source }))}
          all={t("filters.anySource")}
          onChoose={(source) => change({ source })}
        />
        <Choice
          id="outcome"
          label={t("filters.outcome")}
          value={history.outcome}
          options={outcomes.map((outcome) => ({ value: outcome, label: t(`filters.outcomes.${outcome}`) }))}
          all={t("filters.anyOutcome")}
          onChoose={(chosen) =>
            change(
              toOutcome(
                history,
                outcomes.find((outcome) => outcome === chosen),
              ),
            )
          }
        />
        {authors.length > 0 && (
          <Choice
            id="author"
            label={t("author")}
            value={history.author}
            options={authors.map((one) => ({ value: one.id, label: toAuthorName(one) }))}
            all={t("filters.anybody")}
            onChoose={(author) => change({ author })}
          />
        )}
        <DayInput
          id="from"
          label={t("filters.from")}
          value={history.from}
          onChoose={(from) => change({ from })}
        />
        <DayInput
          id="to"
          label={t("filters.to")}
          value={history.to}
          isEnd
          onChoose={(to) => change({ to })}
        />
        <Choice
          id="sort"
          className="md:hidden"
          label={t("filters.sort")}
          value={history.sort ?? "newest"}
          options={sorts
            .filter((sort) => !history.q || !sort.startsWith("name"))
            .map((sort) => ({ value: sort, label: t(`filters.sorts.${sort}`) }))}
          onChoose={(sort) => change({ sort: sorts.find((one) => one === sort && one !== "newest") })}
        />
        {(chosen > 0 || history.state) && (
          <button
            type="button"
            onClick={() =>
              change({
                state: undefined,
                outcome: undefined,
                source: undefined,
                author: undefined,
                from: undefined,
                to: undefined,
              })
            }
            className="min-h-11 cursor-pointer justify-self-start md:order-last rounded-control px-2 text-13 font-medium text-accent-ink hover:underline lg:min-h-9"
          >
            {t("filters.clear")}
          </button>
        )}
        {children}
      </div>
    </div>
  );
}
