import { expect, test, vi } from "vitest";
import { nothingSchema, roleAction } from "@/lib/action";
import { runInSession } from "@/lib/auth/session";
import { log } from "@/lib/log";

test("who may not act is refused, and the log says who it was, once", async () => {
  const warn = vi.spyOn(log, "warn").mockReturnValue(undefined);
  const act = vi.fn();
  const user = { id: "anna", role: "seller", name: "Анна", email: "anna@example.com" } as const;
  const action = roleAction(["admin"], nothingSchema, act);

  const answer = await runInSession({ user, session: "1" }, () => action(undefined));

  expect(answer).toEqual({ ok: false, code: "forbidden", fields: undefined });
  expect(act).not.toHaveBeenCalled();
  expect(warn.mock.calls).toEqual([[{ person: "anna", role: "seller" }, "an action was refused"]]);
});
