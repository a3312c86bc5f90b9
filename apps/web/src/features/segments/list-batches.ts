export interface EditBatch {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const number = new Intl.NumberFormat("en");

/** An edit in pieces of at most `most` on either side; an edit that says nothing has none. */
export function batchesOf({ added, removed }: EditBatch, most: number): readonly EditBatch[] {
  const count = Math.ceil(Math.max(added.length, removed.length) / most);
  return Array.from({ length: count }, (_, index) => ({
    added: added.slice(index * most, (index + 1) * most),
    removed: removed.slice(index * most, (index + 1) * most),
  }));
}

/** "gains 1,200 members and loses 3" */
export function editWords({ added, removed }: EditBatch): string {
  const members = (count: number) => `${number.format(count)} ${count === 1 ? "member" : "members"}`;
  if (removed.length === 0) return `gains ${members(added.length)}`;
  if (added.length === 0) return `loses ${members(removed.length)}`;
  return `gains ${members(added.length)} and loses ${number.format(removed.length)}`;
}
