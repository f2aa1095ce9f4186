"use client";

type DayInputProps = {
  id: string;
  label: string;
  /** A time with the person's UTC offset. The end of a period is the next midnight. */
  value: string | undefined;
  isEnd?: boolean;
  onChoose: (value: string | undefined) => void;
};

/** Lets a person choose a day. The value is the time at which that day starts or ends for the person. */
export function DayInput({ id, label, value, isEnd = false, onChoose }: DayInputProps) {
  return (
    <div className="min-w-0">
      <label htmlFor={`list-${id}`} className="mb-0.5 block text-12 text-ink-muted">
        {label}
      </label>
      <input
        key={value}
        id={`list-${id}`}
        type="date"
        defaultValue={value && toDay(value, isEnd)}
        onChange={(event) => {
          const day = event.target.value;
          // While a year is being typed it has values such as 0002.
          if (day === "" || day > "2000") onChoose(day === "" ? undefined : toMoment(day, isEnd));
        }}
        className="h-11 w-full min-w-0 rounded-control border border-border-strong bg-surface px-2 text-14 text-ink hover:border-ink-faint md:w-32 lg:h-9 lg:text-13"
      />
    </div>
  );
}

function toMoment(day: string, isEnd: boolean): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const midnight = new Date(year, month - 1, date + (isEnd ? 1 : 0));
  const ahead = -midnight.getTimezoneOffset();
  const two = (number: number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const zone = `${ahead < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
  return `${midnight.getFullYear()}-${two(midnight.getMonth() + 1)}-${two(midnight.getDate())}T00:00:00${zone}`;
}

/** The chosen day, in the time zone in which it was chosen. */
function toDay(moment: string, isEnd: boolean): string {
  const day = new Date(`${moment.slice(0, 10)}T00:00:00Z`);
  if (isEnd) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
