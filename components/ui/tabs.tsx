"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

type Tab<T extends string> = { value: T; label: ReactNode };

type TabsProps<T extends string> = {
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  onChoose: (value: T) => void;
  children: ReactNode;
};

/** Arrow keys move, and the whole row is one tab stop. Tabs that do not fit wrap into the next row. */
export function Tabs<T extends string>({ label, tabs, value, onChoose, children }: TabsProps<T>) {
  return (
    <Base.Root value={value} onValueChange={onChoose}>
      <Base.List aria-label={label} activateOnFocus className="flex flex-wrap border-b border-border px-1">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="min-h-11 cursor-pointer border-b-2 border-transparent px-2 text-13 whitespace-nowrap text-ink-muted -outline-offset-2 hover:text-ink aria-selected:border-accent-ink aria-selected:font-medium aria-selected:text-accent-ink lg:min-h-9"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={value} tabIndex={-1}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
