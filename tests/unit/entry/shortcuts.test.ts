import { beforeEach, describe, expect, test, vi } from "vitest";
import { toPress } from "@/components/entry/shortcuts/shortcuts";
import { toDigit } from "@/components/entry/to-digit";

beforeEach(() => void vi.stubGlobal("HTMLElement", class {}));

function press(keys: Partial<KeyboardEvent> & { altGraph?: boolean }): KeyboardEvent {
  const none = {
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    key: "",
    code: "",
    target: null,
  };
  return { ...none, ...keys, getModifierState: () => keys.altGraph === true } as unknown as KeyboardEvent;
}

describe("a key", () => {
  test.each([
    [{ ctrlKey: true, key: "Enter" }, { name: "send" }],
    [{ metaKey: true, key: "Enter" }, { name: "send" }],
    [
      { altKey: true, code: "Digit3", key: "3" },
      { name: "source", digit: 3 },
    ],
    [{ altKey: true, code: "KeyS", key: "ы" }, { name: "swap" }],
    [{ altKey: true, code: "KeyC", key: "с" }, { name: "comment" }],
    [{ altKey: true, code: "KeyU", key: "г" }, { name: "undo" }],
    [{ ctrlKey: true, code: "KeyZ", key: "я" }, { name: "undoPaste" }],
    [{ key: "Escape", code: "Escape" }, { name: "clear" }],
    [{ shiftKey: true, key: "?", code: "Slash" }, { name: "help" }],
    [{ shiftKey: true, key: "?", code: "Digit7" }, { name: "help" }],
  ])("%j is %j on any layout", (keys, command) => {
    expect(toPress(press(keys))).toEqual(command);
  });

  test.each([
    { key: "Enter" },
    { key: "s", code: "KeyS" },
    { key: "1", code: "Digit1" },
    { altKey: true, ctrlKey: true, code: "KeyE", key: "€" },
    { altKey: true, altGraph: true, code: "KeyS", key: "ś" },
    { altKey: true, code: "Numpad1", key: "1" },
    { ctrlKey: true, shiftKey: true, code: "KeyZ", key: "Z" },
  ])("%j is no command", (keys) => {
    expect(toPress(press(keys))).toBeUndefined();
  });

  test.each([
    [{ altKey: true, code: "KeyE", key: "Dead" }, undefined],
    [{ altKey: true, altGraph: true, code: "KeyS", key: "ß" }, undefined],
    [{ altKey: true, ctrlKey: true, altGraph: true, code: "KeyE", key: "Dead" }, { name: "edit" }],
    [
      { altKey: true, ctrlKey: true, code: "Digit2", key: "2" },
      { name: "source", digit: 2 },
    ],
    [{ metaKey: true, key: "Enter" }, { name: "send" }],
    [{ ctrlKey: true, code: "KeyE", key: "e" }, undefined],
  ])("on a Mac %j is %j, where Option alone writes letters", (keys, command) => {
    vi.stubGlobal("navigator", { platform: "MacIntel" });

    expect(toPress(press(keys))).toEqual(command);
  });
});

describe("a digit alone", () => {
  test.each(["Digit2", "Numpad2"])("is %s", (code) => {
    expect(toDigit(press({ code }))).toBe(2);
  });

  test.each([
    { altKey: true, code: "Digit2" },
    { ctrlKey: true, code: "Digit2" },
    { metaKey: true, code: "Digit2" },
    { code: "Digit0" },
    { code: "KeyD" },
  ])("is not %o", (keys) => {
    expect(toDigit(press(keys))).toBeUndefined();
  });
});
