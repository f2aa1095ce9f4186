"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { CataloguePane } from "@/components/catalogue/catalogue-pane";
import { Conflict } from "@/components/mapping/publish/conflict";
import { PublishBar } from "@/components/mapping/publish/publish-bar";
import { Versions } from "@/components/mapping/publish/versions";
import { Segmented } from "@/components/ui/segmented";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { checkMapping } from "@/lib/domain/mapping/check-mapping";
import { type Mapping, mappableFields } from "@/lib/domain/mapping/schema";
import type { KommoDesk } from "@/lib/mapping/schema";
import { DriftList } from "./drift-list";
import { MappingPane } from "./mapping-pane";
import { useMappingDraft } from "./use-mapping-draft";
import { useTargetName } from "./use-target-name";

type MappingDeskProps = {
  desk: KommoDesk;
  catalogue: Catalogue;
  start: Mapping;
  serverNow: number;
};

/** Two panes: field mapping and Kommo fields. On a narrow screen, one at a time. */
export function MappingDesk({ desk, catalogue, start, serverNow }: MappingDeskProps) {
  const t = useTranslations("mapping");
  const { published } = desk;
  const draft = useMappingDraft(desk, start);
  const [pane, choosePane] = useState<"mapping" | "catalogue">("mapping");
  const { mapping, change } = draft;
  const checks = useMemo(() => checkMapping(mapping, catalogue), [mapping, catalogue]);
  const uses = useUses(mapping);
  const discardMine = async () => {
    if (!(await draft.drop())) draft.restart();
  };

  return (
    <div className="flex flex-col gap-6">
      {draft.isConflict && published && (
        <Conflict
          published={published}
          base={draft.base}
          mine={mapping}
          onMerge={(merged, basedOn) => draft.replace({ mapping: merged, basedOn, base: published.mapping })}
          onDrop={discardMine}
        />
      )}
      <DriftList
        drift={desk.drift}
        mapping={mapping}
        catalogue={catalogue}
        onChange={change}
        onShow={() => choosePane("mapping")}
      />
      <div className="xl:hidden">
        <Segmented
          name="pane"
          legend={t("panes")}
          options={[
            { value: "mapping", label: t("title") },
            { value: "catalogue", label: t("catalogue") },
          ]}
          value={pane}
          onChoose={choosePane}
        />
      </div>
      <div
        data-panes
        className="grid gap-8 xl:h-[calc(100dvh-var(--band)-4rem)] xl:grid-cols-[minmax(0,1fr)_25rem] xl:grid-rows-[minmax(0,1fr)]"
      >
        <div className={`flex min-w-0 flex-col gap-6 xl:gap-3 ${pane === "mapping" ? "" : "max-xl:hidden"}`}>
          <div className="relative flex flex-col gap-6 xl:-mx-1 xl:min-h-0 xl:grow xl:scroll-pt-28 xl:overflow-y-auto xl:px-1">
            <MappingPane
              desk={desk}
              catalogue={catalogue}
              draft={draft}
              checks={checks}
              serverNow={serverNow}
            />
            <Versions versions={desk.versions} draft={draft} serverNow={serverNow} />
          </div>
          <PublishBar
            draft={draft}
            published={published?.mapping ?? start}
            version={published?.version ?? 0}
            checks={checks}
          />
        </div>
        <div className={`min-w-0 xl:min-h-0 ${pane === "catalogue" ? "" : "max-xl:hidden"}`}>
          <CataloguePane catalogue={catalogue} uses={uses} mapping={mapping} serverNow={serverNow} />
        </div>
      </div>
    </div>
  );
}

/** The names of our fields that go into a Kommo field, by `entity:id`. */
function useUses(mapping: Mapping): Map<string, string> {
  const toName = useTargetName(mapping);
  const targets = [
    ...mappableFields.map((field) => [field, mapping.fields[field]] as const),
    ...mapping.custom.map(({ key, target }) => [key, target] as const),
    ["parkIn", mapping.parkIn] as const,
    ["reference", mapping.reference] as const,
    ["consent", mapping.consent] as const,
  ];
  return new Map(
    targets.flatMap(([place, target]) =>
      target ? [[`${target.entity}:${target.fieldId}`, toName(place)] as const] : [],
    ),
  );
}
