"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { ListField } from "@/components/mapping/fields/list-field";
import { SectionHead } from "@/components/routing/section-head";
import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { newId } from "@/components/ui/new-id";
import { SelectField } from "@/components/ui/select-field";
import type { Surroundings } from "@/lib/domain/routing/check-routing";
import { toUserName } from "@/lib/domain/routing/route-leads";
import {
  type Routing,
  type RoutingCheck,
  type Rule,
  ruleSchema,
  utmConditions,
} from "@/lib/domain/routing/schema";
import type { RoutingDesk } from "@/lib/routing/schema";
import { ConditionsEditor } from "./conditions-editor";
import { iconButton } from "./icon-button";
import { RoutingChecks } from "./routing-checks";

type RuleListProps = {
  desk: RoutingDesk;
  around: Surroundings;
  routing: Routing;
  checks: readonly RoutingCheck[];
  onChange: (toNext: (routing: Routing) => Routing) => void;
};

/** In their order: the first rule that fits decides. */
export function RuleList({ desk, around, routing, checks, onChange }: RuleListProps) {
  const t = useTranslations("routing.rules");
  const { rules, pools } = routing;
  const set = (toNext: (rules: Rule[]) => Rule[]) =>
    onChange((before) => ({ ...before, rules: toNext(before.rules) }));
  const add = () => {
    const pool = pools.at(-1);
    const to: Rule["to"] = pool ? { kind: "pool", poolId: pool.id } : { kind: "nobody" };
    const name = t("newName", { number: rules.length + 1 });
    set((before) => [...before, ruleSchema.parse({ id: newId(), name, when: {}, to })]);
  };

  return (
    <section aria-labelledby="rules" className="rounded-panel border border-border bg-surface">
      <SectionHead
        id="rules"
        title={t("title")}
        hint={t("hint")}
        className="border-b border-border px-4 py-3"
      >
        <Button size="small" look="secondary" onClick={add}>
          <Plus aria-hidden className="size-4" />
          {t("add")}
        </Button>
      </SectionHead>
      {rules.length === 0 && <EmptyState title={t("none")} hint={t("noneHint")} />}
      <ol>
        {rules.map((rule, index) => (
          <li key={rule.id} className="border-b border-border px-4 py-3 last:border-b-0">
            <RuleRow
              {...{ desk, around, routing, rule, index, checks }}
              onEdit={(change) =>
                set((before) => before.map((one) => (one.id === rule.id ? { ...one, ...change } : one)))
              }
              onMove={(by) => set((before) => toMoved(before, index, by))}
              onRemove={() => set((before) => before.filter(({ id }) => id !== rule.id))}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

type RuleRowProps = Omit<RuleListProps, "onChange"> & {
  rule: Rule;
  index: number;
  onEdit: (change: Partial<Rule>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

function RuleRow({ desk, around, routing, rule, index, checks, onEdit, onMove, onRemove }: RuleRowProps) {
  const t = useTranslations("routing.rules");
  const id = useId();
  const users = listChoices(desk, around, routing);
  const conditions = countConditions(rule);
  const isLast = index === routing.rules.length - 1;
  const { name } = rule;
  return (
    <>
      <div className="grid items-start gap-x-3 md:grid-cols-[1.5rem_1fr_1fr_1fr_auto]">
        <p aria-hidden className="text-13 text-ink-faint tabular-nums max-md:hidden md:mt-8">
          {index + 1}.
        </p>
        <Field
          id={`${id}-name`}
          label={t("name")}
          value={name}
          maxLength={80}
          onChange={({ target: { value } }) => onEdit({ name: value })}
        />
        <SelectField
          id={`${id}-to`}
          label={t("to")}
          value={toValue(rule.to)}
          onChange={({ target: { value } }) => onEdit({ to: toRecipient(value) })}
        >
          <option value="nobody">{t("nobody")}</option>
          <option value="author">{t("author")}</option>
          {routing.pools.length > 0 && (
            <optgroup label={t("pools")}>
              {routing.pools.map((pool) => (
                <option key={pool.id} value={`pool ${pool.id}`}>
                  {pool.name}
                </option>
              ))}
            </optgroup>
          )}
          <Users label={t("people")} users={users} chosen={rule.to.kind === "user" ? rule.to.userId : null} />
        </SelectField>
        {rule.to.kind === "nobody" ? (
          <span />
        ) : (
          <SelectField
            id={`${id}-otherwise`}
            label={t("otherwise")}
            value={toValue(rule.otherwise)}
            onChange={({ target: { value } }) => onEdit({ otherwise: toFallback(value) })}
          >
            <option value="next">{t("next")}</option>
            <option value="nobody">{t("nobody")}</option>
            <Users
              label={t("people")}
              users={users}
              chosen={rule.otherwise.kind === "user" ? rule.otherwise.userId : null}
            />
          </SelectField>
        )}
        <div className="flex max-md:-mt-3 max-md:justify-end md:mt-6">
          <button
            type="button"
            className={iconButton}
            aria-label={t("up", { name })}
            disabled={index === 0}
            onClick={() => onMove(-1)}
          >
            <ArrowUp aria-hidden className="size-4" />
          </button>
          <button
            type="button"
            className={iconButton}
            aria-label={t("down", { name })}
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden className="size-4" />
          </button>
          <button type="button" className={iconButton} aria-label={t("remove", { name })} onClick={onRemove}>
            <Trash2 aria-hidden className="size-4" />
          </button>
        </div>
      </div>
      <CheckBox
        id={`${id}-owner`}
        label={t("ownerFirst")}
        checked={rule.ownerFirst}
        onChange={({ target: { checked } }) => onEdit({ ownerFirst: checked })}
      />
      <Disclosure title={conditions === 0 ? t("everyLead") : t("conditions", { count: conditions })}>
        {() => (
          <>
            <ConditionsEditor
              desk={desk}
              when={rule.when}
              onChange={(change) => onEdit({ when: { ...rule.when, ...change } })}
            />
            <ListField
              id={`${id}-tags`}
              label={t("tags")}
              hint={t("tagsHint")}
              values={rule.tags}
              onChange={(tags) => onEdit({ tags })}
            />
          </>
        )}
      </Disclosure>
      <RoutingChecks place={rule.id} checks={checks} />
    </>
  );
}

type Choice = { id: number; name: string; isActive: boolean };

function Users({ label, users, chosen }: { label: string; users: Choice[]; chosen: number | null }) {
  const shown = users.filter(({ id, isActive }) => isActive || id === chosen);
  if (shown.length === 0) return null;
  return (
    <optgroup label={label}>
      {shown.map(({ id, name }) => (
        <option key={id} value={`user ${id}`}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}

/** Kommo's users; those that were typed by hand where it lists none; and whoever a rule names already. */
function listChoices({ users }: RoutingDesk, around: Surroundings, routing: Routing): Choice[] {
  const named = [
    ...routing.people.map(({ userId }) => userId),
    ...routing.rules.flatMap(({ to, otherwise }) =>
      [to, otherwise].flatMap((one) => (one.kind === "user" ? [one.userId] : [])),
    ),
  ];
  const others = [...new Set(named)].filter((id) => !users?.some((user) => user.id === id));
  return [
    ...(users ?? []),
    ...others.map((id) => ({ id, name: toUserName(id, around.users, routing), isActive: true })),
  ];
}

function countConditions({ when }: Rule): number {
  const lists = [
    when.sources,
    when.authors,
    when.countries,
    when.through,
    when.languages,
    ...utmConditions.map((utm) => when.utm[utm] ?? []),
  ];
  const filled = lists.filter(({ length }) => length > 0).length;
  return filled + when.options.length + (when.hours === null ? 0 : 1);
}

function toMoved(rules: Rule[], index: number, by: -1 | 1): Rule[] {
  const [rule] = rules.slice(index, index + 1);
  const others = rules.filter((_, at) => at !== index);
  return rule ? others.toSpliced(index + by, 0, rule) : rules;
}

function toValue(choice: Rule["to"] | Rule["otherwise"]): string {
  if (choice.kind === "pool") return `pool ${choice.poolId}`;
  return choice.kind === "user" ? `user ${choice.userId}` : choice.kind;
}

function toRecipient(value: string): Rule["to"] {
  const [kind, id = ""] = value.split(" ");
  if (kind === "pool") return { kind, poolId: id };
  if (kind === "user") return { kind, userId: Number(id) };
  return kind === "author" ? { kind } : { kind: "nobody" };
}

function toFallback(value: string): Rule["otherwise"] {
  const [kind, id = ""] = value.split(" ");
  if (kind === "user") return { kind, userId: Number(id) };
  return kind === "next" ? { kind } : { kind: "nobody" };
}
