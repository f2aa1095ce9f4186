import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";

/** A figure beside its target. The ratio to a target of zero is the figure itself. */
export function print(what: string, figure: number, target: number, bound: "at most" | "at least"): void {
  const ratio = target === 0 ? figure : figure / target;
  console.log(`${what}: ${figure.toFixed(2)} (target ${bound} ${target}, ratio ${ratio.toFixed(2)})`);
}

/** Resident memory of a process in MB. */
export function readRss(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

/** The most resident memory that a process has had, in MB. */
export function readPeakRss(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

// Linux counts processor time in hundredths of a second.
const MS_OF_TICK = 10;

/** Processor time that a process has used so far, in ms. */
export function readCpuMs(pid: number): number {
  const [, , user, system] =
    readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ").slice(9) ?? [];
  return (Number(user) + Number(system)) * MS_OF_TICK;
}

/** Leads of the first person that are due now. Answers their ids. */
export function insertLeads(db: DatabaseSync, count: number): string[] {
  const author = db.prepare("select id from people").get();
  const insert = db.prepare(
    "insert into leads (id, author_id, name, phone, state, due_at, tries, created_at) values (?, ?, ?, ?, 'queued', ?, 0, ?)",
  );
  const now = Date.now();
  const ids = Array.from({ length: count }, () => randomUUID());
  db.exec("begin immediate");
  for (const [index, id] of ids.entries()) {
    insert.run(id, String(author?.id), `Имя ${index}`, `+7900${String(1_000_000 + index)}`, now, now);
  }
  db.exec("commit");
  return ids;
}

export function countLeads(db: DatabaseSync, where: string): number {
  return Number(db.prepare(`select count(*) as count from leads where ${where}`).get()?.count);
}
