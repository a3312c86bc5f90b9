/** Higher is better; 0 is no match. Whole words beat starts of words, those beat letters in order. */
export function score(text: string, query: string): number {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return 1;
  const lower = text.toLowerCase();

  const at = lower.indexOf(wanted);
  if (at === 0) return 100;
  if (at > 0) return isWordStart(text, at) ? 80 : 40;
  return lettersInOrder(text, wanted) * 30;
}

/** Best first; equals keep their order, so groups stay together while nothing is typed. */
export function rank<T>(items: readonly T[], query: string, textOf: (item: T) => string): T[] {
  if (query.trim() === "") return [...items];
  return items
    .map((item) => ({ item, score: score(textOf(item), query) }))
    .filter((candidate) => candidate.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((candidate) => candidate.item);
}

/** After a blank, dash, dot or underscore, or a capital within camelCase. */
function isWordStart(text: string, index: number): boolean {
  const before = text[index - 1];
  const here = text[index] ?? "";
  return before === undefined || /[\s\-_./]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(here));
}

/** The share of typed letters that begin a word, if all occur in order; else 0. */
function lettersInOrder(text: string, wanted: string): number {
  const lower = text.toLowerCase();
  let from = 0;
  let starts = 0;
  for (const letter of wanted.replaceAll(" ", "")) {
    const at = lower.indexOf(letter, from);
    if (at === -1) return 0;
    if (isWordStart(text, at)) starts += 1;
    from = at + 1;
  }
  // Letters scattered within words match too much to be worth showing.
  return starts / wanted.length >= 0.5 ? starts / wanted.length : 0;
}
