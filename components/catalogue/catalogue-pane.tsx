"use client";

import { useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { Tabs } from "@/components/ui/tabs";
import type { Catalogue } from "@/lib/catalogue/schema";
import { CatalogueEntries } from "./catalogue-entries";
import { CatalogueFreshness } from "./catalogue-freshness";
import { type CatalogueTab, catalogueTabs, search, toIndex } from "./search-catalogue";

type CataloguePaneProps = {
  catalogue: Catalogue;
  /** What of ours goes into a field, by `entity:id`. */
  uses: Map<string, string>;
  serverNow: number;
};

export function CataloguePane({ catalogue, uses, serverNow }: CataloguePaneProps) {
  const t = useTranslations("catalogue");
  const id = useId();
  const [tab, chooseTab] = useState<CatalogueTab>("leads");
  const [query, setQuery] = useState("");
  const index = useMemo(() => toIndex(catalogue), [catalogue]);
  const found = useMemo(() => search(index, query), [index, query]);
  const isSearching = query.trim() !== "";

  /** While somebody searches: how many of those there are; else how many we have of those that Kommo counts. */
  const toLabel = (name: CatalogueTab) => {
    if (name === "users" && !Array.isArray(catalogue.users)) return t("tabs.users");
    const all = index[name].length;
    const have = isSearching ? found[name].length : all;
    const total = isSearching ? all : totalOf(catalogue, name, all);
    return (
      <>
        {t(`tabs.${name}`)} <span className="tabular-nums">{t("ofTotal", { have, total })}</span>
      </>
    );
  };

  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="text-16 font-semibold">
        {t("title")}
      </h2>
      <CatalogueFreshness fetchedAt={catalogue.fetchedAt} serverNow={serverNow} />
      <div className="mt-3 rounded-panel border border-border bg-surface">
        <div className="p-3">
          <input
            type="search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            aria-label={t("search")}
            placeholder={t("search")}
            autoComplete="off"
            spellCheck={false}
            className="block h-11 w-full rounded-control border border-border-strong bg-surface px-3 text-16 hover:border-ink-faint lg:h-10 lg:text-14"
          />
        </div>
        <Tabs
          label={t("title")}
          tabs={catalogueTabs.map((value) => ({ value, label: toLabel(value) }))}
          value={tab}
          onChoose={chooseTab}
        >
          <p role="status" className="border-b border-border px-4 py-2 text-12 text-ink-faint empty:hidden">
            {isSearching ? t("found", { count: found[tab].length }) : null}
          </p>
          <CatalogueEntries
            // A new search starts at its beginning.
            key={`${tab} ${query}`}
            tab={tab}
            found={found}
            catalogue={catalogue}
            uses={uses}
            isSearching={isSearching}
          />
        </Tabs>
      </div>
    </section>
  );
}

function totalOf({ counts }: Catalogue, tab: CatalogueTab, have: number): number {
  return tab === "leads" || tab === "contacts" || tab === "companies" ? counts[tab].total : have;
}
