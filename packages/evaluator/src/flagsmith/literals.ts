import { foldCase } from "../fold.ts";

/** Patterns for given texts, in the syntax that Python's, JavaScript's, Java's, .NET's, Go's and PHP's engines share. */
export function patternOf(text: string, { ignoreCase }: { readonly ignoreCase: boolean }): string {
  return Array.from(text, (character) => (ignoreCase ? anyCaseOf(character) : escape(character))).join("");
}

function escape(character: string): string {
  return /[\\^$.|?*+()[\]{}/]/.test(character) ? `\\${character}` : character;
}

/** All that folds to the same as this; by alternatives, as JavaScript's classes hold UTF-16 units. */
function anyCaseOf(character: string): string {
  const folded = foldCase(character);
  const others = unfolded().get(folded) ?? [];
  return others.length === 0 ? escape(folded) : `(?:${[folded, ...others].map(escape).join("|")})`;
}

const LAST_PLANE_WITH_CASES = 0x1ffff;
let unfoldedByFolded: ReadonlyMap<string, readonly string[]> | undefined;

function unfolded(): ReadonlyMap<string, readonly string[]> {
  if (unfoldedByFolded !== undefined) return unfoldedByFolded;
  const map = new Map<string, string[]>();
  for (let code = 0; code <= LAST_PLANE_WITH_CASES; code++) {
    const character = String.fromCodePoint(code);
    const folded = foldCase(character);
    if (folded === character) continue;
    const list = map.get(folded);
    if (list === undefined) map.set(folded, [character]);
    else list.push(character);
  }
  unfoldedByFolded = map;
  return map;
}
