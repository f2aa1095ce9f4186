import { inTime } from "./in-time";

/** `isAsked`: whether somebody still waits for the answer when the question is ready to be shown. */
type Show = (isAsked: () => boolean) => Promise<unknown>;

let show: Show | undefined;
let open: PromiseWithResolvers<boolean> | undefined;

/** The page that can ask a person who they are says so here. Taking it back answers no to whoever waits. */
export function offerProof(showing: Show): () => void {
  settleProof(false);
  show = showing;
  return () => {
    if (show !== showing) return;
    show = undefined;
    settleProof(false);
  };
}

export function settleProof(isProven: boolean): void {
  open?.resolve(isProven);
  open = undefined;
}

/**
 * False when the person did not prove it, or the page cannot ask. Whoever asks while the question is open gets its answer.
 */
export async function requestProof(): Promise<boolean> {
  if (!show) return false;
  if (open) return open.promise;
  const question = Promise.withResolvers<boolean>();
  open = question;
  const isAsked = () => open === question;
  inTime(show(isAsked)).catch(() => isAsked() && settleProof(false));
  return question.promise;
}
