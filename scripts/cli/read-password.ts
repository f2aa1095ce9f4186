import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Terminal } from "./terminal.ts";

/** The piped text without its last line break; at a terminal it asks for the password without showing it. */
export async function readPassword({ input, out }: Terminal): Promise<string> {
  if (!input.isTTY) return (await text(input)).replace(/\r?\n$/, "");

  out.write("Password: ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true });
  const typed = await lines.question("");
  lines.close();
  out.write("\n");
  return typed;
}
