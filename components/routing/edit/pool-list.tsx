"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { SectionHead } from "@/components/routing/section-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { newId } from "@/components/ui/new-id";
import { SelectField } from "@/components/ui/select-field";
import { type Pool, type Routing, type RoutingCheck, ways } from "@/lib/domain/routing/schema";
import type { RoutingDesk } from "@/lib/routing/schema";
import { ChoiceBoxes } from "./choice-boxes";
import { iconButton } from "./icon-button";
import { RoutingChecks } from "./routing-checks";

type PoolListProps = {
  desk: RoutingDesk;
  routing: Routing;
  checks: readonly RoutingCheck[];
  onChange: (toNext: (routing: Routing) => Routing) => void;
};

/** People among whom leads are divided: in turn, by shares, or to who has the fewest today. */
export function PoolList({ desk, routing, checks, onChange }: PoolListProps) {
  const t = useTranslations("routing.pools");
  const set = (toNext: (pools: Pool[]) => Pool[]) =>
    onChange((before) => ({ ...before, pools: toNext(before.pools) }));
  const add = () => {
    const name = t("newName", { number: routing.pools.length + 1 });
    set((before) => [...before, { id: newId(), name, way: "turn", members: [] }]);
  };
  return (
    <section aria-labelledby="pools" className="rounded-panel border border-border bg-surface">
      <SectionHead
        id="pools"
        title={t("title")}
        hint={t("hint")}
        className="border-b border-border px-4 py-3"
      >
        <Button size="small" look="secondary" onClick={add}>
          <Plus aria-hidden className="size-4" />
          {t("add")}
        </Button>
      </SectionHead>
      {routing.pools.length === 0 && <EmptyState title={t("none")} hint={t("noneHint")} />}
      <ul>
        {routing.pools.map((pool) => (
          <li key={pool.id} className="border-b border-border px-4 py-3 last:border-b-0">
            <PoolRow
              desk={desk}
              routing={routing}
              pool={pool}
              onEdit={(change) =>
                set((before) => before.map((one) => (one.id === pool.id ? { ...one, ...change } : one)))
              }
              onRemove={() => set((before) => before.filter(({ id }) => id !== pool.id))}
            />
            <RoutingChecks place={pool.id} checks={checks} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type PoolRowProps = {
  desk: RoutingDesk;
  routing: Routing;
  pool: Pool;
  onEdit: (change: Partial<Pool>) => void;
  onRemove: () => void;
};

function PoolRow({ desk, routing, pool, onEdit, onRemove }: PoolRowProps) {
  const t = useTranslations("routing.pools");
  const id = useId();
  const toName = (userId: number) =>
    groups.flatMap(({ options }) => options).find(({ value }) => value === userId)?.label ?? String(userId);
  const groups = toGroups(desk, routing, t("withoutGroup"), t("inactive"));
  const chosen = pool.members.map(({ userId }) => userId);
  const choose = (ids: number[], ofGroup: number[]) => {
    const kept = pool.members.filter(({ userId }) => !ofGroup.includes(userId) || ids.includes(userId));
    const added = ids.filter((userId) => !chosen.includes(userId));
    onEdit({ members: [...kept, ...added.map((userId) => ({ userId, share: 0 }))] });
  };
  return (
    <>
      <div className="grid items-start gap-x-3 md:grid-cols-[1fr_1fr_auto]">
        <Field
          id={`${id}-name`}
          label={t("name")}
          value={pool.name}
          maxLength={80}
          onChange={({ target: { value } }) => onEdit({ name: value })}
        />
        <SelectField
          id={`${id}-way`}
          label={t("way")}
          value={pool.way}
          onChange={({ target: { value } }) => onEdit({ way: ways.find((way) => way === value) ?? "turn" })}
        >
          {ways.map((way) => (
            <option key={way} value={way}>
              {t(`ways.${way}`)}
            </option>
          ))}
        </SelectField>
        <button
          type="button"
          className={`${iconButton} max-md:-mt-3 max-md:justify-self-end md:mt-6`}
          aria-label={t("remove", { name: pool.name })}
          onClick={onRemove}
        >
          <Trash2 aria-hidden className="size-4" />
        </button>
      </div>
      <div className="flex flex-col gap-2">
        {groups.map(({ name, options }) => {
          const ids = options.map(({ value }) => value);
          return (
            <ChoiceBoxes
              key={name}
              label={name}
              options={options}
              chosen={chosen.filter((userId) => ids.includes(userId))}
              onChange={(wanted) => choose(wanted, ids)}
            />
          );
        })}
      </div>
      {pool.way === "shares" && pool.members.length > 0 && (
        <div className="mt-2 grid grid-cols-2 gap-x-3 sm:grid-cols-4">
          {pool.members.map(({ userId, share }) => (
            <Field
              key={userId}
              id={`${id}-share-${userId}`}
              label={t("share", { name: toName(userId) })}
              type="number"
              min={0}
              max={100}
              value={String(share)}
              onChange={({ target: { value } }) =>
                onEdit({
                  members: pool.members.map((member) =>
                    member.userId === userId ? { userId, share: toPercent(value) } : member,
                  ),
                })
              }
            />
          ))}
        </div>
      )}
    </>
  );
}

/** By the groups of Kommo; whom the pool has and nobody lists is in the last one. */
function toGroups({ users }: RoutingDesk, routing: Routing, without: string, inactive: string) {
  const known = users ?? [];
  const named = [
    ...routing.people.map(({ userId, name }) => ({ id: userId, name: name ?? String(userId) })),
    ...routing.pools.flatMap(({ members }) =>
      members.map(({ userId }) => ({ id: userId, name: String(userId) })),
    ),
  ];
  const others = named.filter(
    ({ id }, index) =>
      !known.some((user) => user.id === id) && named.findIndex((other) => other.id === id) === index,
  );
  const all = [
    ...known.map((user) => ({ ...user, group: user.group ?? without })),
    ...others.map((user) => ({ ...user, group: without, isActive: true })),
  ];
  const names = [...new Set(all.map(({ group }) => group))];
  return names.map((name) => ({
    name,
    options: all
      .filter(({ group }) => group === name)
      .map(({ id, name: label, isActive }) => ({
        value: id,
        label: isActive ? label : `${label} (${inactive})`,
      })),
  }));
}

function toPercent(text: string): number {
  const value = Math.round(Number(text));
  return Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : 0;
}
