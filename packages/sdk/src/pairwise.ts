interface Choice {
  readonly factor: number;
  readonly level: number;
}

/**
 * Combinations in which every two factors meet in every two of their levels at least once: far fewer than all combinations,
 * and most faults need no more than two factors to meet. The same input gives the same combinations.
 *
 * @param sizes how many levels each factor has, at least one
 * @returns for each combination the level of each factor
 */
export function pairwise(sizes: readonly number[]): number[][] {
  if (sizes.length < 2) return levelsOf(sizes[0] ?? 0, 0).map(({ level }) => [level]);
  const open = openPairs(sizes);
  const rows: number[][] = [];
  for (let first = open.values().next(); !first.done; first = open.values().next()) {
    const chosen = [...first.value];
    for (const [factor, size] of sizes.entries()) {
      if (chosen.some((choice) => choice.factor === factor)) continue;
      const gains = levelsOf(size, factor).map((choice) => ({
        choice,
        gain: chosen.filter((other) => open.has(nameOf(other, choice))).length,
      }));
      const best = gains.reduce((a, b) => (b.gain > a.gain ? b : a));
      chosen.push(best.choice);
    }
    for (const a of chosen) for (const b of chosen) open.delete(nameOf(a, b));
    rows.push(chosen.sort((a, b) => a.factor - b.factor).map(({ level }) => level));
  }
  return rows;
}

function openPairs(sizes: readonly number[]): Map<string, readonly [Choice, Choice]> {
  const choices = sizes.flatMap((size, factor) => levelsOf(size, factor));
  const pairs = choices.flatMap((a) => choices.filter((b) => b.factor > a.factor).map((b): [Choice, Choice] => [a, b]));
  return new Map(pairs.map((pair) => [nameOf(...pair), pair]));
}

function levelsOf(size: number, factor: number): Choice[] {
  return Array.from({ length: size }, (_, level) => ({ factor, level }));
}

function nameOf(a: Choice, b: Choice): string {
  const [low, high] = a.factor < b.factor ? [a, b] : [b, a];
  return `${low.factor}:${low.level} ${high.factor}:${high.level}`;
}
