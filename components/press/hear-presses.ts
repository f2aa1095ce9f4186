/**
 * Runs in a page before any other script, as text: it may use nothing from outside of itself. A press counts although the page
 * is not ready for it. A form that is sent before its script is there is sent again until somebody hears it, unless what it
 * says is changed first; and a button that moves away under the pointer is pressed all the same, unless the pointer leaves.
 */
export function hearPresses(): void {
  const AGAIN_MS = 50;
  const PATIENCE_MS = 60_000;
  const AWAY_PX = 24;
  let again: ReturnType<typeof setTimeout> | undefined;
  let began: number | undefined;
  let pressed: { button: Element; x: number; y: number } | undefined;

  const isHeard = () => {
    clearTimeout(again);
    began = undefined;
  };
  addEventListener(
    "submit",
    (event) => {
      clearTimeout(again);
      const { target: form, submitter, timeStamp } = event;
      // Such a form goes nowhere by itself.
      if (!(form instanceof HTMLFormElement) || form.method !== "dialog") return;
      began ??= timeStamp;
      again = setTimeout(() => {
        const isOver = event.timeStamp - (began ?? 0) > PATIENCE_MS;
        if (event.defaultPrevented || isOver || !form.isConnected) isHeard();
        else form.requestSubmit(form.contains(submitter) ? submitter : null);
      }, AGAIN_MS);
    },
    true,
  );
  addEventListener("input", isHeard, true);

  addEventListener(
    "pointerdown",
    ({ target, pointerId, pointerType, button: which, clientX: x, clientY: y }) => {
      pressed = undefined;
      const button = target instanceof Element && which === 0 ? target.closest("button") : null;
      // A finger keeps what it has touched by itself.
      if (!button || pointerType === "touch") return;
      pressed = { button, x, y };
      button.setPointerCapture(pointerId);
    },
    true,
  );
  addEventListener(
    "pointermove",
    ({ pointerId, clientX, clientY }) => {
      if (!pressed || Math.hypot(clientX - pressed.x, clientY - pressed.y) < AWAY_PX) return;
      if (pressed.button.hasPointerCapture(pointerId)) pressed.button.releasePointerCapture(pointerId);
      pressed = undefined;
    },
    true,
  );
}
