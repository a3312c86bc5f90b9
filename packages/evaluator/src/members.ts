import { textOf } from "./cast.ts";
import { foldCase } from "./fold.ts";
import type { Condition, ListEdit } from "./model.ts";

/** What a list holds, to be looked up by hash. Made once for a condition, as a list may have 100,000 entries. */
export interface Members {
  has(text: string): boolean;
}

/** Edits are looked up apart until there are so many of them. */
const MOST_EDITS = 1_000;

class EditedMembers implements Members {
  readonly #base: ReadonlySet<string>;
  readonly #edits: ReadonlyMap<string, boolean>;

  constructor(base: ReadonlySet<string>, edits: ReadonlyMap<string, boolean>) {
    this.#base = base;
    this.#edits = edits;
  }

  has(text: string): boolean {
    return this.#edits.get(text) ?? this.#base.has(text);
  }

  /** `undefined` when it is time to build the set anew. */
  edited({ added, removed }: ListEdit): EditedMembers | undefined {
    if (this.#edits.size + added.length + removed.length > MOST_EDITS) return undefined;
    const edits = new Map(this.#edits);
    for (const text of removed) edits.set(text, false);
    for (const text of added) edits.set(text, true);
    return new EditedMembers(this.#base, edits);
  }
}

const known = new WeakMap<Condition, EditedMembers>();

export function membersOf(condition: Condition): Members {
  const before = known.get(condition);
  if (before !== undefined) return before;
  const { value, ignoreCase } = condition;
  const texts = typeof value === "string" ? listOf(value) : value;
  const members = new EditedMembers(new Set(ignoreCase === true ? texts.map(foldCase) : texts), new Map());
  known.set(condition, members);
  return members;
}

/** The condition with its list edited: members at the cost of the edit, and a copy of the list. */
export function editList(condition: Condition, list: readonly string[], edit: ListEdit): Condition {
  // Two entries that differ only by case are one member: what is left of it, only the whole list tells.
  const before = condition.ignoreCase === true ? undefined : known.get(condition);
  const isGone = memberTest(edit.removed);
  const kept = edit.removed.length === 0 ? list : list.filter((text) => !isGone(text));
  const isIn = before === undefined ? memberTest(kept) : (text: string) => before.has(text) && !isGone(text);
  const after: Condition = { ...condition, value: kept.concat([...new Set(edit.added)].filter((text) => !isIn(text))) };
  const members = before?.edited(edit);
  if (members !== undefined) known.set(after, members);
  return after;
}

/** A few texts are sooner compared than hashed. */
const FEW = 8;

function memberTest(list: readonly string[]): (text: string) => boolean {
  if (list.length <= FEW) return (text) => list.includes(text);
  const members = new Set(list);
  return (text) => members.has(text);
}

/** Text that starts with `[` is a JSON list if it can be read as one; all other text is split at commas, spaces kept. */
export function listOf(text: string): readonly string[] {
  if (text.startsWith("[")) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return list.map(elementText);
    } catch {
      // Not JSON: Flagsmith reads it as comma-separated text then.
    }
  }
  return text.split(",");
}

function elementText(element: unknown): string {
  if (typeof element === "string") return element;
  if (typeof element === "number" || typeof element === "boolean") return textOf(element);
  return element === null ? "None" : JSON.stringify(element);
}
