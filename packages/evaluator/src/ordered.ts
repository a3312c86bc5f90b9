interface WithId {
  readonly id: number;
}

export function isAscending(list: readonly WithId[]): boolean {
  return list.every((entry, n) => n === 0 || (list[n - 1]?.id ?? 0) < entry.id);
}

/** In a list that ascends by id; -1 without such an entry. */
export function positionOf(list: readonly WithId[], id: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = list[middle]?.id ?? Number.NaN;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
