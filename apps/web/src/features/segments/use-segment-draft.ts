import type { Condition, Rule } from "@halyard/evaluator/model";
import type { Accessor } from "solid-js";
import { createComputed, createSignal, on } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { toErrorBody } from "../../lib/errors.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { keptLists, longListOf } from "./kept-lists.ts";
import { sameRules } from "./rules.ts";
import type { LongListPlace } from "./rules-context.ts";

export type Segment = OutputOf<"segments.get">;

export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly rules: readonly Rule[];
}

export interface SegmentDraft {
  readonly draft: Accessor<Draft>;
  readonly change: (changes: Partial<Draft>) => void;
  readonly isChanged: Accessor<boolean>;
  /** Whether saving changes who is in it; a new name does not. */
  readonly isFelt: Accessor<boolean>;
  /** The long list that a value of the draft still is the beginning of. */
  readonly longList: (value: Condition["value"]) => LongListPlace | undefined;
  readonly discard: () => void;
  /** Saves over the version the draft began from. */
  readonly save: () => Promise<boolean>;
  readonly isBusy: Accessor<boolean>;
  readonly error: Accessor<unknown>;
  /** What somebody else saved meanwhile; nothing otherwise. */
  readonly theirs: Accessor<Segment | undefined>;
  /** Goes on from their version: with mine on top, or with theirs alone. */
  readonly keepMine: () => Promise<boolean>;
  readonly takeTheirs: () => void;
}

interface DraftOptions {
  readonly segment: Accessor<Segment>;
  readonly place: Accessor<{ readonly organisation: string; readonly project: string }>;
  readonly onSaved: (saved: Segment) => void;
}

const draftOf = ({ name, description, rules }: Segment): Draft => ({ name, description, rules });

const same = (a: Draft, b: Draft): boolean => a.name === b.name && a.description === b.description && sameRules(a.rules, b.rules);

/** The row that a conflict answers with. */
function currentOf(error: unknown): Segment | undefined {
  if (error === undefined) return undefined;
  const { code, current } = toErrorBody(error);
  // The contract of `conflict` on a segment; the wire's type is unknown.
  return code === "conflict" && typeof current === "object" && current !== null && "rules" in current
    ? (current as Segment)
    : undefined;
}

/** A segment being edited: nothing is saved until `save`, and nobody's later version is overwritten unseen. */
export function createSegmentDraft(options: DraftOptions): SegmentDraft {
  const [base, setBase] = createSignal(options.segment());
  const [draft, setDraft] = createSignal(draftOf(base()));
  const isChanged = () => !same(draft(), draftOf(base()));
  const act = createAct({
    path: "segments.update",
    touches: ["segments", "flags", "revisions"],
    done: (saved) => {
      begin(saved);
      options.onSaved(saved);
    },
  });
  const begin = (segment: Segment) => {
    setBase(segment);
    setDraft(draftOf(segment));
  };

  createComputed(
    on(
      () => options.segment(),
      (segment) => {
        if (!isChanged() && !act.isBusy()) begin(segment);
      },
      { defer: true },
    ),
  );

  const saveOver = (expectedVersion: number): Promise<boolean> => {
    const { name, description, rules } = draft();
    const kept = keptLists(rules, base());
    const lists = kept.length > 0 && { keptLists: kept };
    return act.run({ ...options.place(), segment: base().key, name, description, rules: [...rules], ...lists, expectedVersion });
  };
  const theirs = () =>
    currentOf(act.error()) ?? (isChanged() && options.segment().version > base().version ? options.segment() : undefined);

  return {
    draft,
    change: (changes) => setDraft((before) => ({ ...before, ...changes })),
    isChanged,
    isFelt: () => !sameRules(draft().rules, (theirs() ?? base()).rules),
    longList: (value) => {
      const found = longListOf(value, base());
      return found && { ...found, segment: base().key, isLocked: isChanged() };
    },
    discard: () => {
      act.clear();
      begin(options.segment());
    },
    save: () => saveOver(base().version),
    isBusy: act.isBusy,
    error: act.error,
    theirs,
    keepMine: () => saveOver(theirs()?.version ?? base().version),
    takeTheirs: () => {
      const current = theirs();
      act.clear();
      if (current) begin(current);
    },
  };
}
