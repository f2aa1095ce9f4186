"use client";

import { useTranslations } from "next-intl";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { DraftBar } from "@/components/drafts/draft-bar";
import type { RoutingDraft } from "@/components/routing/use-routing-draft";
import type { RoutingCheck, RoutingDifference } from "@/lib/domain/routing/schema";

type RoutingPublishBarProps = {
  draft: RoutingDraft;
  version: number;
  errors: readonly RoutingCheck[];
  differences: readonly RoutingDifference[];
};

export function RoutingPublishBar({ draft, version, errors, differences }: RoutingPublishBarProps) {
  const t = useTranslations("mapping.publish");
  const own = useTranslations("routing.publish");
  const diff = useTranslations("routing.diff");
  const toWords = useFailureWords();
  const next = version + 1;
  const canPublish = draft.isDraft && differences.length > 0;
  const toDone = (focusStatus: () => void) => () => {
    draft.restart();
    focusStatus();
  };
  const toRefusal = (code: string | undefined) => (code ? { sentence: toWords(code) } : undefined);

  const toStatus = () => {
    if (canPublish) return errors.length > 0 ? t("withErrors", { count: errors.length }) : own("draft");
    return version === 0 ? own("first") : t("current", { version });
  };

  return (
    <DraftBar
      saving={draft.saving}
      status={toStatus()}
      next={next}
      errors={errors.length}
      canDrop={draft.isDraft}
      canPublish={canPublish}
      toDropQuestion={(focusStatus) => ({
        title: t("dropQuestion"),
        consequence: own("dropConsequence"),
        verb: t("drop"),
        act: async () => toRefusal(await draft.drop()),
        onDone: toDone(focusStatus),
      })}
      toPublishQuestion={(focusStatus) => ({
        title: t("question", { version: next }),
        consequence: own("consequence"),
        points: differences.map(({ code, values }) => diff(code, values)),
        verb: t("verb"),
        act: async () => {
          const code = await draft.publish();
          // The page behind shows another person's version, or who has left Kommo.
          if (code) draft.reload();
          return toRefusal(code);
        },
        onDone: toDone(focusStatus),
      })}
      onErrors={() => showChecks(errors[0]?.place)}
    />
  );
}

function showChecks(place: string | undefined): void {
  const list = document.getElementById(`checks-${place}`);
  list?.scrollIntoView({ block: "center" });
  list?.focus();
}
