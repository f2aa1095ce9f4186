type ErrorNoticeProps = {
  role?: "alert";
  words: { title: string; body: string; again: string };
  retry: () => void;
};

/** Every page loads this before anything fails, so it uses no other component. */
export function ErrorNotice({ role, words: { title, body, again }, retry }: ErrorNoticeProps) {
  return (
    <div role={role} className="rounded-panel bg-needs-you-tint p-4">
      <p className="font-semibold text-needs-you-ink">{title}</p>
      <p className="mt-1 mb-3">{body}</p>
      <button
        type="button"
        onClick={retry}
        className="min-h-11 cursor-pointer rounded-control border border-border-strong bg-surface px-4 text-14 font-medium hover:bg-sunken"
      >
        {again}
      </button>
    </div>
  );
}
