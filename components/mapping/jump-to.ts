/** To the place of the mapping that a sentence speaks of, and into the first thing there that can be changed. */
export function jumpTo(place: string): void {
  const spot = document.getElementById(`mapping-${place}`);
  const control = spot?.matches("select, input")
    ? spot
    : spot?.querySelector<HTMLElement>("button, input, select");
  spot?.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
}
