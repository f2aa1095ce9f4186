"use client";

import { useTranslations } from "next-intl";
import { FormFields } from "@/components/mapping/fields/form-fields";
import { OwnFields } from "@/components/mapping/fields/own-fields";
import { OwnForm } from "@/components/mapping/fields/own-form";
import { SettingsEditor } from "@/components/mapping/fields/settings-editor";
import { SourcesEditor } from "@/components/mapping/fields/sources-editor";
import { Preview } from "@/components/mapping/preview/preview";
import { TestLead } from "@/components/mapping/preview/test-lead";
import { useModule } from "@/components/ui/use-module";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type { Check } from "@/lib/domain/mapping/schema";
import type { KommoDesk } from "@/lib/mapping/schema";
import { Contents } from "./contents";
import { LeftToKommo } from "./left-to-kommo";
import { OtherChecks } from "./other-checks";
import type { MappingDraft } from "./use-mapping-draft";

/** By itself: shared with the first load of the form, its parts would make that one larger. */
const loadFormPreview = () => import("@/components/mapping/preview/form-preview");

type MappingPaneProps = {
  desk: KommoDesk;
  catalogue: Catalogue;
  draft: MappingDraft;
  checks: readonly Check[];
  serverNow: number;
};

export function MappingPane({ desk, catalogue, draft, checks, serverNow }: MappingPaneProps) {
  const t = useTranslations("mapping");
  const { mapping, change } = draft;
  const preview = useModule(loadFormPreview, true);
  const shared = { catalogue, mapping, checks, onChange: change };

  return (
    <section aria-labelledby="mapping" className="flex flex-col gap-6">
      <div className="bg-background xl:sticky xl:top-0 xl:z-20 xl:border-b xl:border-border">
        <h2 id="mapping" className="text-16 font-semibold">
          {t("title")}
        </h2>
        <Contents />
      </div>
      <OwnFields {...shared} suggestions={desk.suggestions} />
      <OwnForm {...shared} />
      <FormFields {...shared} />
      {preview && <preview.FormPreview mapping={mapping} catalogue={catalogue} serverNow={serverNow} />}
      <OtherChecks checks={checks} onChange={change} />
      <LeftToKommo mapping={mapping} onChange={change} />
      <SettingsEditor {...shared} suggestions={desk.suggestions} />
      <SourcesEditor
        mapping={mapping}
        checks={checks.filter(({ place }) => place === "sources")}
        onChange={change}
      />
      <Preview catalogue={catalogue} mapping={mapping} samples={desk.samples} serverNow={serverNow}>
        <TestLead mapping={mapping} last={desk.lastTest} serverNow={serverNow} />
      </Preview>
    </section>
  );
}
