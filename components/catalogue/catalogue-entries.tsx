"use client";

import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { CatalogueList } from "./catalogue-list";
import { Entry } from "./entry";
import { FieldEntry } from "./field-entry";
import { PipelineEntry } from "./pipeline-entry";
import type { CatalogueTab, Found } from "./search-catalogue";

type CatalogueEntriesProps = {
  tab: CatalogueTab;
  found: Found;
  catalogue: Catalogue;
  uses: Map<string, string>;
  isSearching: boolean;
};

export function CatalogueEntries({ tab, found, catalogue, uses, isSearching }: CatalogueEntriesProps) {
  const t = useTranslations("catalogue");
  const { pipelines } = catalogue;
  if (tab === "users" && !Array.isArray(catalogue.users)) {
    return <EmptyState title={t("usersRefused")} hint={t("usersRefusedHint")} />;
  }
  if (found[tab].length === 0) {
    return <EmptyState title={t("nothing")} hint={t(isSearching ? "nothingHint" : "emptyHint")} />;
  }

  switch (tab) {
    case "pipelines":
      return (
        <CatalogueList items={found.pipelines}>
          {(pipeline) => <PipelineEntry key={pipeline.id} pipeline={pipeline} />}
        </CatalogueList>
      );
    case "users":
      return (
        <CatalogueList items={found.users}>
          {(user) => (
            <Entry
              key={user.id}
              id={user.id}
              name={user.name}
              facts={[user.email, user.isAdmin && t("admin"), !user.isActive && t("inactive")]
                .filter(Boolean)
                .join(" · ")}
            />
          )}
        </CatalogueList>
      );
    case "tags":
      return (
        <CatalogueList items={found.tags}>
          {(tag) => <Entry key={tag.id} id={tag.id} name={tag.name} facts="" />}
        </CatalogueList>
      );
    default:
      return (
        <CatalogueList items={found[tab]}>
          {(field) => (
            <FieldEntry
              key={field.id}
              field={field}
              pipelines={pipelines}
              use={uses.get(`${field.entity}:${field.id}`)}
            />
          )}
        </CatalogueList>
      );
  }
}
