"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { SignInLink } from "@/components/shell/sign-in-link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Delivery } from "@/lib/delivery/schema";
import { DeliveryFigures } from "./delivery-figures";
import { DELIVERY, fetchDelivery, isRefused } from "./delivery-query";
import { DeliveryState } from "./delivery-state";
import { DoubledLeads } from "./doubled-leads";
import { StuckLeads } from "./stuck-leads";

const POLL_MS = 3000;

export function DeliveryDesk({ initial }: { initial: Delivery }) {
  const { data, error, refetch } = useQuery({
    queryKey: DELIVERY,
    queryFn: fetchDelivery,
    initialData: initial,
    initialDataUpdatedAt: initial.now,
    refetchInterval: ({ state }) => (isRefused(state.error) ? false : POLL_MS),
  });

  return (
    <div className="flex flex-col gap-8">
      {error && <OutOfDate error={error} onRefresh={refetch} />}
      <DeliveryState delivery={data} serverNow={initial.now} />
      <DoubledLeads doubled={data.doubled} />
      <DeliveryFigures delivery={data} serverNow={initial.now} />
      <StuckLeads delivery={data} serverNow={initial.now} />
    </div>
  );
}

function OutOfDate({ error, onRefresh }: { error: Error; onRefresh: () => void }) {
  const t = useTranslations("delivery.stale");
  const code = isRefused(error) ? error.message : "other";
  return (
    <Notice role="alert" title={t("title")} body={t(code)}>
      {code === "signed_out" && <SignInLink />}
      {code === "other" && (
        <Button look="secondary" onClick={onRefresh}>
          {t("refresh")}
        </Button>
      )}
    </Notice>
  );
}
