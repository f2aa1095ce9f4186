"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Dispatch } from "@/components/entry/entry-state";
import { ChevronRight } from "@/components/ui/first-icons";
import { rememberMore } from "./remember-more";

type MoreFieldsProps = { isOpen: boolean; dispatch: Dispatch; children: ReactNode };

/** Fields that few leads have. */
export function MoreFields({ isOpen, dispatch, children }: MoreFieldsProps) {
  const t = useTranslations("lead");
  return (
    <details
      open={isOpen}
      onToggle={(event) => dispatch({ type: "more_set", isOpen: event.currentTarget.open })}
      className="group/more md:-mt-2"
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button to everybody but the rule. */}
      <summary
        onClick={() => rememberMore(!isOpen)}
        className="inline-flex min-h-11 cursor-pointer items-center gap-1 rounded-control pr-2 font-medium text-accent-ink hover:underline lg:min-h-9"
      >
        <ChevronRight className="size-4 duration-150 ease-out motion-safe:transition-transform group-open/more:rotate-90" />
        {t("more")}
      </summary>
      <div className="grid gap-x-4 gap-y-(--row-gap) pt-2 sm:grid-cols-2">{children}</div>
    </details>
  );
}
