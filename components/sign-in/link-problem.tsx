import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { signIn } from "./sign-in";

export type Problem = "linkSpent" | "offline" | "failed";

export function LinkProblem({ problem }: { problem: Problem }) {
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
