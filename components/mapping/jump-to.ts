/** Scrolls to that part of the mapping and focuses its first control. */
export function jumpTo(place: string): void {
  const spot = document.getElementById(`mapping-${place}`);
  const control = spot?.matches("select, input")
    ? spot
    : spot?.querySelector<HTMLElement>("button, input, select");
  spot?.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
}
