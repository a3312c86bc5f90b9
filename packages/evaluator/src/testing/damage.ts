/** The input with something else at one of its places. */
export function damage(input: unknown, place: number, replacement: unknown): unknown {
  const spots: [Record<string, unknown>, string][] = [];
  const visit = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    const record = node as Record<string, unknown>;
    for (const key of Object.keys(record)) {
      spots.push([record, key]);
      visit(record[key]);
    }
  };
  visit(input);
  const spot = spots[place % spots.length];
  if (spot) spot[0][spot[1]] = replacement;
  return input;
}
