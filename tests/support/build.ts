import { buildIfNeeded } from "../../scripts/build.ts";

export default function build(): void {
  buildIfNeeded();
}
