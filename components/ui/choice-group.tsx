type ChoiceGroupProps = {
  id: string;
  kind: "one" | "several";
  label: string;
  hint?: string;
  error?: string;
  /** A word next to the label that says where the choice comes from. */
  mark?: string;
  choices: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
};

/** Radio buttons or checkboxes that are all visible. Pressing the chosen one again clears it. */
export function ChoiceGroup({
  id,
  kind,
  label,
  hint,
  error,
  mark,
  choices,
  chosen,
  onChoose,
}: ChoiceGroupProps) {
  const note = error ?? hint;
  const choose = (value: string) => {
    const isChosen = chosen.includes(value);
    if (kind === "one") return onChoose(isChosen ? [] : [value]);
    onChoose(isChosen ? chosen.filter((known) => known !== value) : [...chosen, value]);
  };

  return (
    <fieldset aria-describedby={note ? `${id}-note` : undefined} className="min-w-0">
      <legend className="mb-0.5 text-12 font-medium md:mb-1 md:text-13">
        {label} {mark && <span className="text-12 font-normal text-accent-ink">{mark}</span>}
      </legend>
      <div className="flex flex-wrap gap-x-4">
        {choices.map((choice, index) => (
          <label
            key={choice.value}
            className="inline-flex min-h-11 cursor-pointer items-center gap-2 text-14 lg:min-h-9"
          >
            <input
              id={index === 0 ? id : undefined}
              type={kind === "one" ? "radio" : "checkbox"}
              name={id}
              checked={chosen.includes(choice.value)}
              onChange={() => choose(choice.value)}
              onClick={() => kind === "one" && chosen.includes(choice.value) && choose(choice.value)}
              className="size-4 shrink-0 cursor-pointer accent-accent"
            />
            {choice.label}
          </label>
        ))}
      </div>
      <p
        id={`${id}-note`}
        className={`mt-0.5 min-h-(--note) text-12 md:mt-1 ${error ? "font-medium text-needs-admin-ink" : "text-ink-faint"}`}
      >
        {note}
      </p>
    </fieldset>
  );
}
