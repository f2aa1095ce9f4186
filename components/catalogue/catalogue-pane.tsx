"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Tabs } from "@/components/ui/tabs";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { toEnvLines } from "@/lib/domain/mapping/to-env-lines";
import { CatalogueEntries } from "./catalogue-entries";
import { CatalogueFreshness } from "./catalogue-freshness";
import { type CatalogueTab, catalogueTabs, search, toIndex } from "./search-catalogue";

type CataloguePaneProps = {
  catalogue: Catalogue;
  /** The names of our fields that go into a Kommo field, by `entity:id`. */
  uses: Map<string, string>;
  mapping: Mapping;
  serverNow: number;
};

export function CataloguePane({ catalogue, uses, mapping, serverNow }: CataloguePaneProps) {
  const t = useTranslations("catalogue");
  const format = useFormatter();
  const id = useId();
  const [tab, chooseTab] = useState<CatalogueTab>("leads");
  const [query, setQuery] = useState("");
  const index = useMemo(() => toIndex(catalogue), [catalogue]);
  const found = useMemo(() => search(index, query), [index, query]);
  const envLines = useMemo(() => toEnvLines(mapping, catalogue.account.subdomain), [mapping, catalogue]);
  const all = index[tab].length;
  const isSearching = query.trim() !== "";

  const toLabel = (name: CatalogueTab) => {
    if (name === "users" && !Array.isArray(catalogue.users)) return t("tabs.users");
    return (
      <>
        {t(`tabs.${name}`)}{" "}
        <span className="text-12 text-ink-faint tabular-nums">{format.number(found[name].length)}</span>
      </>
    );
  };

  return (
    <section aria-labelledby={`${id}-title`} className="flex max-h-full flex-col">
      <h2 id={`${id}-title`} className="text-16 font-semibold">
        {t("title")}
      </h2>
      <CatalogueFreshness fetchedAt={catalogue.fetchedAt} serverNow={serverNow} />
      <CopyButton className="-ml-2" label={t("copyEnv")} text={envLines}>
        {t("copyEnv")}
      </CopyButton>
      <div className="relative mt-3 min-h-0 rounded-panel border border-border bg-surface xl:overflow-y-auto">
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
          <p role="status" className="border-b border-border px-4 py-2 text-12 text-ink-muted tabular-nums">
            {isSearching
              ? t("found", { count: found[tab].length })
              : t("ofTotal", { have: all, total: totalOf(catalogue, tab, all) })}
          </p>
          <CatalogueEntries
            key={tab}
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
