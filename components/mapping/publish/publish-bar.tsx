"use client";

import { useTranslations } from "next-intl";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { DraftBar } from "@/components/drafts/draft-bar";
import { jumpTo } from "@/components/mapping/jump-to";
import type { MappingDraft } from "@/components/mapping/use-mapping-draft";
import { compareMappings } from "@/lib/domain/mapping/compare-mappings";
import type { Check, Mapping } from "@/lib/domain/mapping/schema";
import { useDifferenceWords } from "./differences";

type PublishBarProps = {
  draft: MappingDraft;
  published: Mapping;
  version: number;
  checks: readonly Check[];
};

export function PublishBar({ draft, published, version, checks }: PublishBarProps) {
  const t = useTranslations("mapping.publish");
  const toWords = useFailureWords();
  const toDifference = useDifferenceWords(draft.mapping);
  const errors = checks.filter(({ severity }) => severity === "error");
  const [first] = errors;
  const next = version + 1;
  const isNew = version === 0;
  const differences = compareMappings(published, draft.mapping);
  const canPublish = (draft.isDraft && differences.length > 0) || isNew;

  const toStatus = () => {
    if (isNew) return t("first");
    if (!canPublish) return t("current", { version });
    return errors.length > 0 ? t("withErrors", { count: errors.length }) : t("draft");
  };

  const toPublishQuestion = (focusStatus: () => void) => {
    let isConflict = false;
    return {
      title: t("question", { version: next }),
      consequence: t("consequence"),
      points: differences.map(toDifference),
      verb: t("verb"),
      act: async () => {
        const code = await draft.publish();
        isConflict = code === "mapping_conflict";
        // The page behind shows another person's version, or what has changed in Kommo.
        if (code) draft.reload();
        return code && !isConflict ? { sentence: toWords(code) } : undefined;
      },
      onDone: () => {
        if (isConflict) return;
        draft.restart();
        focusStatus();
      },
    };
  };

  return (
    <DraftBar
      saving={draft.saving}
      status={toStatus()}
      next={next}
      errors={errors.length}
      canDrop={draft.isDraft && !isNew}
      canPublish={canPublish}
      className="xl:static xl:rounded-panel"
      toDropQuestion={(focusStatus) => ({
        title: t("dropQuestion"),
        consequence: t("dropConsequence", { version }),
        verb: t("drop"),
        act: async () => {
          const code = await draft.drop();
          return code ? { sentence: toWords(code) } : undefined;
        },
        onDone: () => {
          draft.restart();
          focusStatus();
        },
      })}
      toPublishQuestion={toPublishQuestion}
      onErrors={() => first && jumpTo(first.place)}
    />
  );
}
