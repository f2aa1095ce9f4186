import { useTranslations } from "next-intl";
import { Check } from "@/components/ui/first-icons";
import { PageLink } from "@/components/ui/page-link";
import type { SetUpStep } from "@/lib/set-up/schema";

const pages: Record<Exclude<SetUpStep["name"], "try">, string> = {
  connect: "/admin/kommo",
  publish: "/admin/kommo",
  sources: "/admin/kommo",
  invite: "/admin/people/new",
};

/** What is left to do before the team can start. It goes with the last step. */
export function SetUpList({ steps }: { steps: SetUpStep[] }) {
  const t = useTranslations("setUp");
  const done = steps.filter(({ isDone }) => isDone).length;
  const next = steps.find(({ isDone }) => !isDone)?.name;
  return (
    <section aria-labelledby="set-up" className="mb-8 rounded-panel border border-border bg-surface p-4">
      <h2 id="set-up" className="flex items-baseline justify-between gap-4 text-14 font-semibold">
        {t("title")}
        <span className="text-13 font-normal text-ink-muted tabular-nums">
          {t("done", { done, total: steps.length })}
        </span>
      </h2>
      <ol className="mt-2">
        {steps.map(({ name, isDone }) => (
          <li key={name} className="flex items-start gap-3 py-1.5 text-14">
            <span
              className={`mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full ${isDone ? "text-good-ink" : "border border-border-strong"}`}
            >
              {isDone && <Check className="size-4" />}
            </span>
            <div className="min-w-0">
              <Step name={name} isDone={isDone} />
              {name === next && <p className="text-13 text-ink-muted">{t(`hints.${name}`)}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Step({ name, isDone }: SetUpStep) {
  const t = useTranslations("setUp");
  if (isDone)
    return (
      <p className="text-ink-muted">
        {t(`steps.${name}`)} <span className="sr-only">{t("isDone")}</span>
      </p>
    );
  if (name === "try") return <p>{t(`steps.${name}`)}</p>;
  return (
    <PageLink
      href={pages[name]}
      className="rounded-control font-medium text-accent-ink underline-offset-2 hover:underline pointer-coarse:py-1.5"
    >
      {t(`steps.${name}`)}
    </PageLink>
  );
}
