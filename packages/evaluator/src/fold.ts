/**
 * Lower case by Unicode's simple mappings: one character for one, whatever stands around it. `toLowerCase` differs from them
 * in two letters only: it makes two of the dotted capital I, and a final sigma where the word ends.
 */
export function foldCase(text: string): string {
  return text.replaceAll("\u0130", "i").replaceAll("\u03a3", "\u03c3").toLowerCase();
}
