"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Plot } from "./plot";

export function usePlotFormat(format: Plot["format"]): (value: number) => string {
  const t = useTranslations("overview");
  const { number } = useFormatter();
  if (format === "share")
    return (value) => number(value, { style: "percent", maximumFractionDigits: value > 0.99 ? 1 : 0 });
  if (format === "seconds") return (value) => t("seconds", { seconds: value });
  return (value) => number(value);
}
