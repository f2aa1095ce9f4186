import { installIfNeeded } from "./install.mjs";

installIfNeeded({ withTests: true });
