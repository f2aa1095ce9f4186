"use client";

import { useEffect, useEffectEvent } from "react";
import { actOnLead } from "@/components/lead/act-on-lead";
import { type DeviceLead, toTyped } from "@/components/offline/device-lead";
import { DeviceLeads } from "@/components/offline/device-leads";
import { type DeviceLeadsView, useDeviceLeads } from "@/components/offline/use-device-leads";
import { SignInLink } from "@/components/shell/sign-in-link";
import { type KeptOnDevice, useEntryContext } from "./entry-context";
import type { LeadInForm } from "./entry-state";
import { useShortcuts } from "./shortcuts/use-shortcuts";

type OnThisDeviceProps = {
  personId: string;
  serverNow: number;
  onOpen: (lead: LeadInForm, release: () => void) => void;
  onSent: () => void;
  onShown: (device: KeptOnDevice) => void;
};

/** Above the last leads: those that wait on this device for a connection. */
export function OnThisDevice({ personId, serverNow, onOpen, onSent, onShown }: OnThisDeviceProps) {
  const { correcting, saves } = useEntryContext();
  const open = (lead: DeviceLead, release: () => void) => {
    const typed = toTyped(lead);
    if (!typed) return release();
    const { custom, contact, ...values } = typed;
    const { id, nextId, wrong, corrects } = lead;
    // Without a connection, or too late, the server says so when these words are sent.
    if (corrects?.opened?.state === "held") void actOnLead(id, "pause");
    onOpen(
      { id, nextId, state: "on_device", values, custom, contact, wrong, corrects, byForm: corrects?.byForm },
      release,
    );
  };
  const device = useDeviceLeads(personId, { onOpen: open, onSent });
  const { send, newest } = device;
  useWaiting(device, correcting);
  useEffect(() => {
    // The server has answered, so there is a connection.
    if (saves > 0) send();
  }, [saves, send]);
  const meant = newest?.id === correcting?.id ? undefined : newest;
  const hasKeys = meant !== undefined;
  const corrected = device.leads.flatMap(({ id, corrects }) => (corrects ? id : [])).join();
  useEffect(() => onShown({ hasKeys, corrected }), [onShown, hasKeys, corrected]);
  useShortcuts(meant ? { undo: () => device.undo(meant), edit: () => void device.open(meant.id) } : {});
  return (
    <DeviceLeads {...{ personId, device }} serverNow={serverNow} openId={correcting?.id}>
      <SignInLink />
    </DeviceLeads>
  );
}

/** A page that was opened for a saved lead of which newer words wait here goes on with these. */
function useWaiting({ leads, open }: DeviceLeadsView, correcting: LeadInForm | null | undefined): void {
  const { id, readAt } = correcting ?? {};
  const isWaiting = leads.some(
    (lead) => lead.id === id && lead.corrects && readAt !== undefined && lead.at < readAt,
  );
  const openWaiting = useEffectEvent(open);
  useEffect(() => {
    if (isWaiting && id) void openWaiting(id);
  }, [isWaiting, id]);
}
