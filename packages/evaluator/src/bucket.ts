import { md5Modulo } from "./hash.ts";

/**
 * Where a list of ids falls, as Flagsmith's engines compute it: the same ids always fall in the same place.
 *
 * @returns percent, 0 inclusive to 100 exclusive, in steps of 100/9998
 */
export function bucket(ids: readonly string[]): number {
  const once = ids.join(",");
  let text = once;
  for (;;) {
    const rest = md5Modulo(text, 9999);
    // Remainder 9998 would be exactly 100; Flagsmith then hashes the list repeated once more.
    if (rest !== 9998) return (rest / 9998) * 100;
    text += `,${once}`;
  }
}
