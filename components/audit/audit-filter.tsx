"use client";

import Form from "next/form";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { useTimeZone } from "@/components/ui/clock";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { auditActions, type AuditFilter as Filter } from "@/lib/audit/schema";

type AuditFilterProps = { filter: Filter; people: { id: string; name: string }[] };

/** The filters are in the address, so that a view of the log can be sent to a colleague. */
export function AuditFilter({ filter, people }: AuditFilterProps) {
  const t = useTranslations("audit");
  const zone = useTimeZone();
  const isFiltered = Boolean(filter.person ?? filter.action ?? filter.from ?? filter.to);

  return (
    <Form
      key={JSON.stringify(filter)}
      action="/admin/people/log"
      className="mb-2 grid grid-cols-2 items-end gap-x-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_10rem_10rem_auto]"
    >
      <SelectField id="audit-person" name="person" label={t("person")} defaultValue={filter.person ?? ""}>
        <option value="">{t("everyone")}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField id="audit-action" name="action" label={t("action")} defaultValue={filter.action ?? ""}>
        <option value="">{t("all")}</option>
        {auditActions.map((action) => (
          <option key={action} value={action}>
            {t(`names.${action}`)}
          </option>
        ))}
      </SelectField>
      <Field id="audit-from" name="from" type="date" label={t("from")} defaultValue={filter.from} />
      <Field id="audit-to" name="to" type="date" label={t("to")} defaultValue={filter.to} />
      <input type="hidden" name="zone" value={zone} />
      <div className="mb-5 flex flex-wrap gap-2 max-lg:col-span-2">
        <Button type="submit" look="secondary">
          {t("show")}
        </Button>
        {isFiltered && (
          <ButtonLink look="secondary" href="/admin/people/log">
            {t("clear")}
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}
