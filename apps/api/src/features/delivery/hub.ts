import { randomBytes } from "node:crypto";
import type { Db } from "@halyard/db";
import { apply } from "@halyard/evaluator/apply";
import type { Logger } from "pino";
import {
  type CommittedRevision,
  findRevisionHash,
  type Head,
  type LoggedRevision,
  readHeads,
  readRevisionsAfter,
  renewEpoch,
} from "../revisions/index.ts";
import type { Hub, HubChange, Place, RevisionNews } from "./delivery.ts";
import { type Gate, LOAD_TIMEOUT_MS } from "./gate.ts";
import { type Loaded, toState } from "./load.ts";
import { mergeDeltas } from "./merge-deltas.ts";
import { parsePosition } from "./position.ts";
import { createRing } from "./ring.ts";

/** Whoever missed at most so many revisions gets a delta, anybody else a snapshot. */
export const RING_SIZE = 256;
/** A message that overtook another is usually followed by it at once. */
const MISSING_MESSAGE_MS = 20;
/** Messages held back during a gap; more are dropped, as the log has them all. */
const MOST_HELD = 1_000;

export interface HubOptions {
  readonly environmentId: number;
  readonly start: Loaded;
  readonly db: Db;
  readonly gate: Gate;
  readonly log: Logger;
  readonly load: () => Promise<Loaded>;
  readonly onRevision: (revision: RevisionNews) => void;
  readonly onReplaced: (loaded: Loaded) => void;
  readonly onDeleted: () => void;
}

export interface LiveHub extends Hub {
  receive(revision: CommittedRevision): void;
  /** True where the log ends where this hub stands. */
  isAt(head: Head): boolean;
  /** Reads what is missing, or everything where history was replaced. Rejects while the database is away. */
  catchUp(): Promise<void>;
  close(): void;
}

type Step = Pick<LoggedRevision, "from" | "to" | "previousHash" | "hash" | "kind" | "subjects" | "actor" | "delta">;

export function createHub(options: HubOptions): LiveHub {
  const { environmentId, db, gate, log } = options;
  let { state, hash } = options.start;
  const ring = createRing(RING_SIZE);
  const listeners = new Set<(change: HubChange) => void>();
  /** By the version they start from. */
  const held = new Map<number, CommittedRevision>();
  let catchingUp: Promise<void> | undefined;
  let missing: NodeJS.Timeout | undefined;

  function take(revision: CommittedRevision): void {
    const isOld = revision.epoch === state.epoch && revision.to < state.version;
    const isKnown = revision.epoch === state.epoch && revision.to === state.version && revision.hash === hash;
    if (isOld || isKnown) return;
    if (revision.epoch === state.epoch && revision.from > state.version) waitFor(revision);
    else if (tryAdvance(revision)) takeHeld();
    else suspect();
  }

  function tryAdvance(revision: CommittedRevision): boolean {
    if (revision.epoch !== state.epoch || !continues([revision])) return false;
    advance([revision], revision.updatedAt);
    return true;
  }

  function takeHeld(): void {
    for (let next = held.get(state.version); next !== undefined; next = held.get(state.version)) {
      held.delete(next.from);
      if (!tryAdvance(next)) {
        suspect();
        return;
      }
    }
  }

  const continues = (steps: readonly Step[]): boolean => {
    let at = { version: state.version, hash };
    for (const step of steps) {
      if (step.from !== at.version || step.previousHash !== at.hash) return false;
      at = { version: step.to, hash: step.hash };
    }
    return true;
  };

  function hold(revision: CommittedRevision): void {
    if (held.size < MOST_HELD) held.set(revision.from, revision);
  }

  function waitFor(revision: CommittedRevision): void {
    hold(revision);
    missing ??= setTimeout(() => {
      missing = undefined;
      if (held.size > 0) suspect();
    }, MISSING_MESSAGE_MS);
  }

  /** The log decides. What fails here is tried again by the version poll. */
  function suspect(): void {
    catchUp().catch((error: unknown) => log.debug({ err: error, environmentId }, "the log cannot be read now"));
  }

  function catchUp(): Promise<void> {
    catchingUp ??= readLog().finally(() => {
      catchingUp = undefined;
      takeHeld();
      // The rest is ahead of a log that was just read: it comes again by the version poll.
      held.clear();
    });
    return catchingUp;
  }

  async function readLog(): Promise<void> {
    const [head] = await gate(() => readHeads(db, [environmentId]));
    if (!head) {
      options.onDeleted();
      return;
    }
    if (isAt(head)) return;
    const distance = head.version - state.version;
    if (head.epoch === state.epoch && distance > 0 && distance <= RING_SIZE) {
      const steps = await gate(() => readRevisionsAfter(db, environmentId, { version: state.version, limit: distance }));
      if (continues(steps) && steps.at(-1)?.hash === head.hash) {
        advance(steps, head.updatedAt);
        return;
      }
    }
    await replace(head);
  }

  const isAt = (head: Head): boolean => head.version === state.version && head.hash === hash && head.epoch === state.epoch;

  async function replace(head: Head): Promise<void> {
    if (head.epoch === state.epoch && !(await isOnChain(head))) {
      log.warn({ environmentId, had: state.version, found: head.version }, "history was replaced, as by a restored backup");
      await gate(() => renewEpoch(db, environmentId, { was: state.epoch, now: randomBytes(6).toString("hex") }));
    }
    const loaded = await gate(options.load, LOAD_TIMEOUT_MS);
    const before = state;
    ({ state, hash } = loaded);
    ring.clear();
    options.onReplaced(loaded);
    emit({ from: before.version, before, after: state, delta: undefined });
  }

  async function isOnChain(head: Head): Promise<boolean> {
    if (head.version <= state.version) return false;
    return state.version === 0 || (await gate(() => findRevisionHash(db, environmentId, state.version))) === hash;
  }

  function advance(steps: readonly Step[], updatedAt: Date): void {
    const last = steps.at(-1);
    if (!last) return;
    const before = state;
    let { compiled } = state;
    for (const step of steps) {
      compiled = apply(compiled, step.delta);
      ring.push(step);
    }
    ({ hash } = last);
    state = toState({ version: last.to, epoch: before.epoch, hash, updatedAt, compiled });
    const [only] = steps;
    const delta = steps.length === 1 && only ? only.delta : mergeDeltas(steps.map((step) => step.delta));
    emit({ from: before.version, before, after: state, delta });
    for (const { to, kind, subjects, actor } of steps) options.onRevision({ environmentId, to, kind, subjects, actor });
  }

  function emit(change: HubChange): void {
    for (const listener of [...listeners]) {
      try {
        listener(change);
      } catch (error) {
        // One listener's mistake must not keep a change from the others.
        log.error({ err: error, environmentId }, "a listener failed");
      }
    }
  }

  async function locate(position: string): Promise<Place> {
    const theirs = parsePosition(position);
    if (theirs?.epoch !== state.epoch) return "unknown";
    if (theirs.version > state.version) {
      try {
        await catchUp();
      } catch {
        // Not to be told while the database is away; a client that knows more than we do is left alone.
        return "ahead";
      }
      if (theirs.epoch !== state.epoch) return "unknown";
    }
    if (theirs.version > state.version) return "foreign";
    if (theirs.version < state.version) return "behind";
    return theirs.hash8 === hash.slice(0, 8) ? "current" : "foreign";
  }

  async function since(position: string): Promise<HubChange | undefined> {
    const theirs = parsePosition(position);
    if (theirs?.epoch !== state.epoch || theirs.version >= state.version) return undefined;
    const links = ring.after(theirs.version, theirs.hash8) ?? (await readLinks(theirs.version, theirs.hash8));
    if (links?.at(-1)?.hash !== hash) return undefined;
    const delta = mergeDeltas(links.map((link) => link.delta));
    return { from: theirs.version, before: undefined, after: state, delta };
  }

  async function readLinks(version: number, hash8: string): Promise<readonly Step[] | undefined> {
    if (state.version - version > RING_SIZE) return undefined;
    try {
      const read = await gate(() => readRevisionsAfter(db, environmentId, { version, limit: RING_SIZE }));
      // The log may be ahead of this node, and this node of what was read.
      const ours = read.filter((it) => it.to <= state.version);
      const last = ours.at(-1);
      if (!last || ours[0]?.previousHash.slice(0, 8) !== hash8) return undefined;
      if (last.to === state.version) return ours;
      const newer = ring.after(last.to, last.hash.slice(0, 8));
      return newer && [...ours, ...newer.map((link) => ({ ...link, kind: "", subjects: [], actor: "" }))];
    } catch (error) {
      log.debug({ err: error, environmentId }, "the log cannot be read now; a snapshot is sent");
      return undefined;
    }
  }

  return {
    environmentId,
    current: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    locate,
    since,
    receive: (revision) => (catchingUp ? hold(revision) : take(revision)),
    isAt,
    catchUp,
    close() {
      clearTimeout(missing);
      listeners.clear();
    },
  };
}
