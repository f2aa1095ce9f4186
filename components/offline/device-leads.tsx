"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Confirm } from "@/components/ui/confirm";
import { DeviceRow } from "./device-row";
import { useMark } from "./mark";
import type { DeviceLeadsView } from "./use-device-leads";

type DeviceLeadsProps = {
  personId: string;
  device: DeviceLeadsView;
  serverNow: number;
  /** The lead that is in the form. */
  openId: string | undefined;
  /** The way to sign in, for one who is signed out. */
  children: ReactNode;
};

/** The person's leads that the server does not have yet, above those that it has. */
export function DeviceLeads({ personId, device, serverNow, openId, children }: DeviceLeadsProps) {
  const t = useTranslations("entry.device");
  const { leads, sendingId, isSignedOut, isUnreadable, busyId, question } = device;
  const hasAny = useMark(personId);
  const isHidden = leads.length === 0 && isUnreadable && hasAny;
  if (leads.length === 0 && !isHidden) return null;
  return (
    <section aria-labelledby="on-device" className="mb-6 rounded-panel border border-border bg-surface">
      <div className="border-b border-border px-4 py-3">
        <h2 id="on-device" className="text-13 font-semibold">
          {t("title")}
        </h2>
        <p role="status" className="text-13 text-ink-muted">
          {isHidden ? t("unreadable") : t("hint", { count: leads.length })}
        </p>
      </div>
      <ul>
        {leads.map((lead) => (
          <li key={lead.id} className="group/row relative border-b border-border px-4 py-2 last:border-b-0">
            <DeviceRow
              {...{ lead, serverNow, isSignedOut }}
              isSending={sendingId === lead.id}
              isOpen={openId === lead.id}
              onUndo={() => device.undo(lead)}
              onOpen={() => void device.open(lead.id)}
              onDiscard={() => device.discard(lead)}
            />
            {busyId === lead.id && (
              <p role="alert" className="mt-1 text-12 font-medium text-needs-you-ink">
                {t("busy")}
              </p>
            )}
          </li>
        ))}
      </ul>
      {isSignedOut && (
        <div className="flex flex-wrap items-center gap-x-3 border-t border-border px-4 py-2 text-13 text-needs-you-ink">
          <p className="grow basis-40">{t("signedOut")}</p>
          {children}
        </div>
      )}
      {question && <Confirm question={question} onClose={device.closeQuestion} />}
    </section>
  );
}
