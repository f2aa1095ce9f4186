import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import type { LeadField } from "@/lib/domain/lead/fields";
import { toBareNumber } from "@/lib/domain/lead/phone-extension";

type ContactActionsProps = { field: LeadField; value: string };

/** Call, write, copy: what a contact is there for. */
export function ContactActions({ field, value }: ContactActionsProps) {
  const t = useTranslations("leads.reach");
  const links = toLinks(field, value);
  if (!links) return null;
  return (
    <span className="-ml-1.5 flex flex-wrap items-center gap-x-1 text-13 sm:-my-1.5 sm:-mr-2 sm:ml-2 sm:float-right">
      {links.map(({ verb, href }) => (
        <a
          key={verb}
          href={href}
          {...(href.startsWith("https:") && { target: "_blank", rel: "noreferrer" })}
          className="inline-flex min-h-8 items-center rounded-control px-1.5 font-medium sm:px-2 text-accent-ink hover:bg-sunken pointer-coarse:min-h-11"
        >
          {t(verb)}
        </a>
      ))}
      <CopyButton className="text-13" text={value} label={t("copy", { contact: value })}>
        <span className="max-sm:sr-only">{t("copyShort")}</span>
      </CopyButton>
    </span>
  );
}

type Link = { verb: "call" | "telegram" | "write"; href: string };

/** Undefined for what is no contact; a phone may be one that Telegram knows. */
function toLinks(field: LeadField, value: string): Link[] | undefined {
  if (field === "telegram") return toTelegramLinks(value.replace(/^@/, ""));
  if (field === "email") return [{ verb: "write", href: `mailto:${value}` }];
  if (field !== "phone") return undefined;
  return [
    { verb: "call", href: `tel:${value.replaceAll(/[^\d+,]/g, "")}` },
    ...toTelegramLinks(toBareNumber(value)),
  ];
}

/** Without a handle or a whole number there is no such address. */
function toTelegramLinks(name: string): Link[] {
  if (!/^(?:\w{4,32}|\+\d{7,15})$/.test(name)) return [];
  return [{ verb: "telegram", href: `https://t.me/${name}` }];
}
