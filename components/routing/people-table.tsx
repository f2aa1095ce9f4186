"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { callServer, toFailureCode } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { type Member, memberSchema, type Routing, type RoutingCheck } from "@/lib/domain/routing/schema";
import { pauseLeadsOf, tryRecipientAgain } from "@/lib/routing/actions";
import { MemberEditor } from "./edit/member-editor";
import { RoutingChecks } from "./edit/routing-checks";
import type { ShownPerson } from "./list-shown-people";

type PeopleTableProps = {
  people: ShownPerson[];
  /** Only an admin changes hours and limits. */
  limits?: {
    routing: Routing;
    zone: string;
    /** Whether Kommo lists its users for our token. */
    hasUserList: boolean;
    onChange: (toNext: (routing: Routing) => Routing) => void;
  };
  checks?: readonly RoutingCheck[];
};

/** Who gets leads now, and who does not: paused, refused by Kommo, inactive. A pause holds at once. */
export function PeopleTable({ people, limits, checks = [] }: PeopleTableProps) {
  const t = useTranslations("routing.people");
  const edit = (userId: number, change: Partial<Member>) =>
    limits?.onChange((before) => ({ ...before, people: withMember(before.people, userId, change) }));

  return (
    <section aria-labelledby="routing-people" className="rounded-panel border border-border bg-surface">
      <div className="border-b border-border px-4 py-3">
        <h2 id="routing-people" className="text-16 font-semibold">
          {t("title")}
        </h2>
        <p className="text-13 text-ink-muted">{t("hint")}</p>
      </div>
      {people.length === 0 && <EmptyState title={t("none")} hint={t("noneHint")} />}
      <ul>
        {people.map((person) => (
          <li key={person.userId} className="border-b border-border px-4 py-2 last:border-b-0">
            <PersonRow person={person} />
            {limits && (
              <Disclosure title={t("limits", { count: countLimits(limits.routing, person.userId) })}>
                {() => (
                  <MemberEditor
                    zone={limits.zone}
                    member={findMember(limits.routing.people, person.userId)}
                    onChange={(change) => edit(person.userId, change)}
                  />
                )}
              </Disclosure>
            )}
          </li>
        ))}
      </ul>
      <div className="px-4 pb-3">
        <RoutingChecks place="people" checks={checks} />
        {limits?.hasUserList === false && <AddByHand onAdd={edit} />}
      </div>
    </section>
  );
}

function PersonRow({ person }: { person: ShownPerson }) {
  const t = useTranslations("routing.people");
  const toWords = useFailureWords();
  const router = useRouter();
  const [failure, setFailure] = useState<string>();
  const { userId, name, pausedAt, refusedAt, today } = person;
  const run = async (act: () => ReturnType<typeof pauseLeadsOf>) => {
    const code = await toFailureCode(callServer({ action: act }));
    setFailure(code);
    if (!code) router.refresh();
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 grow basis-40">
          <span translate="no" className="font-medium break-words">
            {name}
          </span>{" "}
          <span className="text-13 text-ink-muted tabular-nums max-md:block">
            {t("today", { count: today })}
          </span>
          <Standing person={person} />
        </p>
        {refusedAt !== null && (
          <Button
            look="secondary"
            size="small"
            aria-label={t("againNamed", { name })}
            onClick={() => run(() => tryRecipientAgain(userId))}
          >
            {t("again")}
          </Button>
        )}
        <Button
          look="secondary"
          size="small"
          aria-label={t(pausedAt === null ? "pauseNamed" : "resumeNamed", { name })}
          onClick={() => run(() => pauseLeadsOf({ userId, isPaused: pausedAt === null }))}
        >
          {t(pausedAt === null ? "pause" : "resume")}
        </Button>
      </div>
      {failure && (
        <p role="alert" className="text-13 font-medium text-needs-admin-ink">
          {toWords(failure)}
        </p>
      )}
    </>
  );
}

function Standing({ person }: { person: ShownPerson }) {
  const t = useTranslations("routing.people");
  const { pausedAt, pausedBy, refusedAt, isActive } = person;
  return (
    <>
      {pausedAt !== null && (
        <span className="block text-13 text-needs-you-ink">
          {t("pausedBy", { by: pausedBy ?? t("somebody") })}
        </span>
      )}
      {refusedAt !== null && <span className="block text-13 text-needs-admin-ink">{t("refused")}</span>}
      {!isActive && <span className="block text-13 text-needs-you-ink">{t("inactive")}</span>}
    </>
  );
}

/** For a token that may not read the users: the id stands in the address of the user's page in Kommo. */
function AddByHand({ onAdd }: { onAdd: (userId: number, change: Partial<Member>) => void }) {
  const t = useTranslations("routing.people");
  const id = useId();
  const [userId, setUserId] = useState("");
  const [name, setName] = useState("");
  const typed = memberSchema.safeParse({ userId: Number(userId), name: name.trim() });
  return (
    <div className="mt-3 grid items-start gap-x-3 sm:grid-cols-[1fr_1fr_auto]">
      <Field
        id={`${id}-id`}
        inputMode="numeric"
        label={t("userId")}
        hint={t("userIdHint")}
        value={userId}
        onChange={({ target: { value } }) => setUserId(value)}
      />
      <Field
        id={`${id}-name`}
        label={t("userName")}
        value={name}
        maxLength={120}
        onChange={({ target: { value } }) => setName(value)}
      />
      <Button
        className="sm:mt-6"
        look="secondary"
        aria-disabled={!typed.success}
        onClick={() => {
          if (!typed.success) return;
          onAdd(typed.data.userId, { name: typed.data.name });
          setUserId("");
          setName("");
        }}
      >
        {t("addUser")}
      </Button>
    </div>
  );
}

function findMember(people: Member[], userId: number): Member {
  const known = people.find((one) => one.userId === userId);
  return known ?? { userId, name: null, hours: null, daysOff: [], cap: null };
}

function withMember(people: Member[], userId: number, change: Partial<Member>): Member[] {
  const changed = { ...findMember(people, userId), ...change };
  const isKnown = people.some((one) => one.userId === userId);
  return isKnown ? people.map((one) => (one.userId === userId ? changed : one)) : [...people, changed];
}

function countLimits({ people }: Routing, userId: number): number {
  const { hours, daysOff, cap } = findMember(people, userId);
  return daysOff.length + [hours, cap].filter((limit) => limit !== null).length;
}
