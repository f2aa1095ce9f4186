import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Terminal } from "@/scripts/cli/terminal";

/** Runs a command in this process, which takes a twentieth of the time that one of its own takes. */
export async function runHere(command: (terminal: Terminal) => Promise<number>, words: string[], input = "") {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(out), text(err)]);
  const code = await command({ words, input: Readable.from([input]), out, err });
  out.end();
  err.end();
  const [stdout, stderr] = await written;
  return { stdout, stderr, code };
}
