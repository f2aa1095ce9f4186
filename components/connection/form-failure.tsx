/** Under the button of each way to connect: why it did not. How it went otherwise the page says. */
export function FormFailure({ words }: { words: string | undefined }) {
  return (
    <p role="alert" className="mt-2 text-13 font-medium text-needs-admin-ink empty:hidden">
      {words}
    </p>
  );
}
