import type { Readable, Writable } from "node:stream";

/** What a command is given: its words, and where it reads and writes. */
export type Terminal = {
  words: string[];
  input: Readable & { isTTY?: boolean };
  out: Writable;
  err: Writable;
};

export function openTerminal(): Terminal {
  const { argv, stdin: input, stdout: out, stderr: err } = process;
  return { words: argv.slice(2), input, out, err };
}
