type Figure = { id: string; name: string; value: string; note: string };

export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {figures.map(({ id, name, value, note }) => (
        <div key={id} className="flex flex-col rounded-panel border border-border bg-surface p-3 md:p-4">
          <dt className="text-13 text-ink-muted">{name}</dt>
          <dd className="mt-1 text-28 font-semibold tabular-nums">{value}</dd>
          <dd className="mt-1 text-12 text-ink-faint">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
