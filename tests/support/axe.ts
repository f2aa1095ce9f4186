import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

// What depends on the theme: a page that was looked at in one needs no more in the other.
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong on the page. Our pages have no frames, so axe needs no second page to gather its results in. */
export async function listViolations(page: Page, options: { coloursOnly?: boolean } = {}) {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (options.coloursOnly) axe.withRules(COLOUR_RULES);
  return (await axe.analyze()).violations;
}
