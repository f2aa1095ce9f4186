"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useSyncExternalStore } from "react";

export type PickItem = { value: string; label: string; detail?: string; group?: string };

type PickProps = {
  label: string;
  /** Shows the label above the box. Otherwise it is for screen readers. */
  isLabelShown?: boolean;
  /** Called in the browser only, because a thousand names would slow the page down. */
  toItems: () => readonly PickItem[];
  chosen: PickItem | null;
  onPick: (value: string) => void;
  placeholder: string;
  describedBy?: string;
  isWrong?: boolean;
  /** What to show for a value that is no longer among the items. */
  missing?: string;
};

// Enough to see that the search must be narrowed. A thousand rows would slow down every key.
const MAX_SHOWN = 60;

const subscribeToNothing = () => () => {};

/**
 * A select with a search over names and details. The server renders only its look, because the content security policy
 * refuses the style attributes of the combobox.
 */
export function Pick(props: PickProps) {
  const isHydrated = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  if (isHydrated) return <Searchable {...props} />;

  const { label, isLabelShown, chosen, placeholder, isWrong, missing } = props;
  return (
    <>
      <span className={toLabelLook(isLabelShown)}>{label}</span>
      <span className={toBoxLook(isWrong)}>
        <Chosen item={chosen} other={missing ?? placeholder} />
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </span>
    </>
  );
}

function toLabelLook(isShown: boolean | undefined): string {
  return isShown ? "mb-0.5 block text-12 font-medium md:mb-1 md:text-13" : "sr-only";
}

function toBoxLook(isWrong: boolean | undefined): string {
  const border = isWrong ? "border-needs-admin-ink" : "border-border-strong hover:border-ink-faint";
  return `flex min-h-11 w-full cursor-pointer items-center justify-between gap-2 rounded-control border bg-surface px-3 py-1 text-left text-14 lg:min-h-10 ${border}`;
}

function Searchable({
  label,
  isLabelShown,
  toItems,
  chosen,
  onPick,
  placeholder,
  describedBy,
  isWrong,
  missing,
}: PickProps) {
  const t = useTranslations("pick");
  const items = useMemo(toItems, [toItems]);

  return (
    <Combobox.Root
      items={items}
      value={chosen}
      onValueChange={(item: PickItem | null) => item && onPick(item.value)}
      filter={fits}
      limit={MAX_SHOWN}
      autoHighlight
      itemToStringLabel={toText}
      isItemEqualToValue={isSame}
    >
      <Combobox.Label className={toLabelLook(isLabelShown)}>{label}</Combobox.Label>
      <Combobox.Trigger aria-describedby={describedBy} className={toBoxLook(isWrong)}>
        <Chosen item={chosen} other={missing ?? placeholder} />
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} className="z-50 outline-none">
          <Combobox.Popup
            aria-label={label}
            className="flex max-h-[min(24rem,var(--available-height))] w-(--anchor-width) min-w-72 max-w-(--available-width) flex-col rounded-panel border border-border bg-raised text-14 text-ink shadow-float"
          >
            <Combobox.Input
              aria-label={t("search")}
              placeholder={t("search")}
              className="m-2 h-11 rounded-control border border-border-strong bg-surface px-3 text-16 -outline-offset-1 lg:h-9 lg:text-14"
            />
            <Combobox.Empty>
              <p className="px-4 pb-4 text-13 text-ink-muted">{t("nothing")}</p>
            </Combobox.Empty>
            <Combobox.List className="overflow-y-auto overscroll-contain px-1 pb-1 data-empty:hidden">
              {(item: PickItem) => (
                <Combobox.Item
                  key={item.value}
                  value={item}
                  className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control px-2 py-1 data-highlighted:bg-accent-tint data-highlighted:text-accent-ink lg:min-h-9"
                >
                  <Row item={item} />
                  <Combobox.ItemIndicator className="ml-auto">
                    <Check aria-hidden className="size-4" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function Chosen({ item, other }: { item: PickItem | null; other: string }): ReactNode {
  return item ? <Row item={item} /> : <span className="text-ink-faint">{other}</span>;
}

function Row({ item }: { item: PickItem }) {
  return (
    <span className="min-w-0">
      <span className="block break-words">{item.label}</span>
      {item.detail && <span className="block text-12 text-ink-faint tabular-nums">{item.detail}</span>}
    </span>
  );
}

function isSame(one: PickItem, other: PickItem): boolean {
  return one.value === other.value;
}

function toText({ label, detail }: PickItem): string {
  return `${label} ${detail ?? ""}`;
}

function fits(item: PickItem, query: string): boolean {
  const text = toText(item).toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
