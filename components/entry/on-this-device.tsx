"use client";

import { useEffect } from "react";
import { type DeviceLead, toTyped } from "@/components/offline/device-lead";
import { DeviceLeads } from "@/components/offline/device-leads";
import { useDeviceLeads } from "@/components/offline/use-device-leads";
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
  const { correctingId, saves } = useEntryContext();
  const open = (lead: DeviceLead, release: () => void) => {
    const typed = toTyped(lead);
    if (!typed) return release();
    const { custom, contact, ...values } = typed;
    const { id, wrong, corrects } = lead;
    onOpen(
      { id, state: "on_device", values, custom, contact, wrong, corrects, byForm: corrects?.byForm },
      release,
    );
  };
  const device = useDeviceLeads(personId, { onOpen: open, onSent });
  const { send, newest } = device;
  useEffect(() => {
    // The server has answered, so there is a connection.
    if (saves > 0) send();
  }, [saves, send]);
  const meant = newest?.id === correctingId ? undefined : newest;
  const hasKeys = meant !== undefined;
  const corrected = device.leads.flatMap(({ id, corrects }) => (corrects ? id : [])).join();
  useEffect(() => onShown({ hasKeys, corrected }), [onShown, hasKeys, corrected]);
  useShortcuts(meant ? { undo: () => device.undo(meant), edit: () => void device.open(meant.id) } : {});
  return (
    <DeviceLeads device={device} serverNow={serverNow} openId={correctingId}>
      <SignInLink />
    </DeviceLeads>
  );
}
