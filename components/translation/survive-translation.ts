/** What a translation or an extension has put in the place of a text of ours. */
const standIns = new WeakMap<Node, ChildNode>();

/**
 * Translators and extensions replace texts by elements of their own. React then removes a text that is gone, or inserts
 * before it, which throws and costs the whole page; and what it changes in such a text nobody sees.
 */
export function surviveTranslation(): void {
  const { removeChild, insertBefore } = Node.prototype;

  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    if (child.parentNode === this) return removeChild.call(this, child) as T;
    if (child.parentNode) removeChild.call(child.parentNode, child);
    else standIns.get(child)?.remove();
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, next: Node | null): T {
    return insertBefore.call(this, node, next && toChildOf(this, next)) as T;
  };

  const observer = new MutationObserver((records) => {
    const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
    for (const record of records) {
      if (record.type === "characterData") putBack(record.target);
      for (const text of listReplaced(record, added)) observer.observe(text, { characterData: true });
    }
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
}

/** The child of `parent` that is the node, has it inside or stands for it; null if there is none. */
function toChildOf(parent: Node, node: Node): Node | null {
  let at: Node | undefined = node;
  while (at && at.parentNode !== parent) at = at.parentNode ?? standIns.get(at);
  return at ?? null;
}

/** Translators replace in one step, or insert beside the text and then remove it. */
function listReplaced(record: MutationRecord, added: Set<Node>): Text[] {
  const { addedNodes, previousSibling, nextSibling, removedNodes } = record;
  const standIn = [...addedNodes, previousSibling, nextSibling].find(
    (node) => node instanceof Element && added.has(node),
  );
  if (!(standIn instanceof Element)) return [];
  const texts = [...removedNodes].filter((node) => node instanceof Text).filter((text) => !text.parentNode);
  for (const text of texts) standIns.set(text, standIn);
  return texts;
}

/** The text has changed: what stood in for it says what it said before. */
function putBack(text: Node): void {
  const standIn = standIns.get(text);
  if (text.parentNode || !standIn?.parentNode) return;
  standIn.replaceWith(text);
  standIns.delete(text);
}
