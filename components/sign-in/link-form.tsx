import { useTranslations } from "next-intl";
import type { FormEventHandler, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { signIn } from "./sign-in";

export type Problem = "linkSpent" | "offline" | "failed";

type Props = {
  children: ReactNode;
  isSubmitting: boolean;
  onSubmit: FormEventHandler<HTMLFormElement>;
  problem: Problem | undefined;
  verb: string;
  waiting: string;
};

/** The form behind a link that works once: its inputs, its button, and what went wrong. */
export function LinkForm({ children, isSubmitting, onSubmit, problem, verb, waiting }: Props) {
  return (
    <form method="dialog" noValidate onSubmit={onSubmit} className="flex flex-col gap-(--row-gap)">
      {children}
      <Button type="submit" className="w-full">
        {verb}
      </Button>
      <p role="status" className="min-h-4 text-12 text-ink-muted">
        {isSubmitting && waiting}
      </p>
      {problem && !isSubmitting && <LinkProblem problem={problem} />}
    </form>
  );
}

function LinkProblem({ problem }: { problem: Problem }) {
  const t = useTranslations("people");
  return (
    <Notice role="alert" title={t(`${problem}.title`)} body={t(`${problem}.body`)}>
      {problem === "linkSpent" && (
        <ButtonLink look="secondary" href="/sign-in">
          {t("linkSpent.link")}
        </ButtonLink>
      )}
    </Notice>
  );
}

export function toProblem(code: string): Problem {
  if (code === "link_spent") return "linkSpent";
  return code === "offline" ? "offline" : "failed";
}

export async function enter({ email, password }: { email: string; password: string }): Promise<void> {
  const answer = await signIn({ email, password });
  location.assign(answer.kind === "signed_in" ? "/" : "/sign-in");
}
