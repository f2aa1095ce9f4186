/** Scrolls to that part of the mapping and focuses its first control. */
export function jumpTo(place: string): void {
  const section = document.getElementById(`mapping-${place}`);
  const control = section?.matches("select, input")
    ? section
    : section?.querySelector<HTMLElement>("button, input, select");
  section?.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
}
