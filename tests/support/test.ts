import { type BrowserContext, test as base, type ConsoleMessage, expect } from "@playwright/test";

type Watch = { contentPolicy: undefined };

/** Every journey also fails when a page asked for something that the content security policy forbids. */
export const test = base.extend<Watch>({
  contentPolicy: [
    async ({ browser }, use) => {
      const violations: string[] = [];
      const listen = (message: ConsoleMessage) => {
        if (message.text().includes("Content Security Policy")) violations.push(message.text());
      };
      const watch = (context: BrowserContext) => context.on("console", listen);
      browser.on("context", watch);
      await use(undefined);
      browser.off("context", watch);
      expect(violations, "what the content security policy forbade").toEqual([]);
    },
    { auto: true },
  ],
});
