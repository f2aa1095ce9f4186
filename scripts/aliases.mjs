import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Lets a script import the files of the app: `@/` is the root, `.ts` is optional, `server-only` is empty. */
registerHooks({
  resolve(name, context, next) {
    if (name === "server-only") return next(`${root}node_modules/server-only/empty.js`, context);
    const isOurs =
      name.startsWith("@/") || (name.startsWith(".") && !context.parentURL?.includes("node_modules"));
    if (!isOurs) return next(name, context);
    const url = name.startsWith("@/")
      ? pathToFileURL(root + name.slice(2))
      : new URL(name, context.parentURL);
    return next(existsSync(url) ? url.href : `${url.href}.ts`, context);
  },
});
