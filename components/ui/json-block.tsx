import { ChevronRight } from "lucide-react";
import { useId } from "react";

type JsonBlockProps = { title: string; text: string };

/** A text box takes the focus, scrolls by keyboard and can be selected at once. A `pre` cannot. */
export function JsonBlock({ title, text }: JsonBlockProps) {
  const id = useId();
  const pretty = toPretty(text);
  return (
    <details className="group/json">
      <summary className="inline-flex min-h-11 cursor-pointer items-center gap-1 rounded-control text-13 font-medium text-accent-ink hover:underline lg:min-h-8">
        <ChevronRight
          aria-hidden
          className="size-4 duration-150 ease-out motion-safe:transition-transform group-open/json:rotate-90"
        />
        <span id={id}>{title}</span>
      </summary>
      <textarea
        readOnly
        aria-labelledby={id}
        translate="no"
        spellCheck={false}
        rows={Math.min(pretty.split("\n").length, 20)}
        wrap="off"
        value={pretty}
        className="mt-1 block w-full resize-y overflow-auto rounded-control border border-border bg-sunken p-3 font-mono text-12 text-ink"
      />
    </details>
  );
}

function toPretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
