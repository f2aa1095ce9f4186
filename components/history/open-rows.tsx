"use client";

import type { ComponentProps, MouseEvent } from "react";

type OpenRowsProps = ComponentProps<"tbody"> & ComponentProps<"ul"> & { as: "tbody" | "ul" };

/** A press anywhere on a row opens its link, as the same press on the link would. Texts can be selected all the same. */
export function OpenRows({ as: List, ...rest }: OpenRowsProps) {
  return <List {...rest} onClick={openRow} onAuxClick={openRow} />;
}

function openRow(event: MouseEvent): void {
  const { target, button, ctrlKey, metaKey, shiftKey } = event;
  if (event.defaultPrevented || !(target instanceof Element) || button === 2) return;
  if (target.closest("a, button, input, select, label, summary") || getSelection()?.type === "Range") return;
  const link = target.closest("tr, li")?.querySelector<HTMLAnchorElement>("a[href]");
  if (!link) return;
  if (button === 1 || ctrlKey || metaKey || shiftKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}
