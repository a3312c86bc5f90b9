import type { CompiledFlag, Gate } from "./flag.ts";
import { type findIdentity, identityState } from "./identities.ts";
import type { Evaluation, Prerequisite } from "./model.ts";
import { isInSegment } from "./segment.ts";
import { type CompiledState, decideState } from "./state.ts";
import type { Subject } from "./subject.ts";

/** One evaluation: whom it is for, and all the flags it may have to look at. */
export interface Asked {
  readonly subject: Subject;
  readonly identity: ReturnType<typeof findIdentity>;
  readonly flags: readonly CompiledFlag[];
}

export function decide(flag: CompiledFlag, asked: Asked): Evaluation {
  return flag.gate === undefined ? decideOwn(flag, asked) : decideGated(flag, flag.gate, asked);
}

/** As if nothing were required. */
function decideOwn(flag: CompiledFlag, { subject, identity }: Asked): Evaluation {
  return decideState(winnerOf(flag, subject, identity), subject);
}

/** Identity override, then segment overrides from the strongest, then the environment. */
export function winnerOf(flag: CompiledFlag, subject: Subject, identity: Asked["identity"]): CompiledState {
  const own = identity && identityState(identity, flag.source);
  if (own !== undefined) return own;
  for (const override of flag.overrides) if (isInSegment(override.segment, subject)) return override.state;
  return flag.state;
}

interface Visit {
  readonly flag: CompiledFlag;
  readonly gate: Gate;
  /** How many of its requirements are met. */
  met: number;
}

/** Without recursion, as 10,000 flags may require one another in a chain. What is on a cycle has no place, so nothing circles. */
function decideGated(first: CompiledFlag, firstGate: Gate, asked: Asked): Evaluation {
  const open: Visit[] = [{ flag: first, gate: firstGate, met: 0 }];
  let arrived: Evaluation | undefined;
  for (let visit = open.at(-1); visit !== undefined; visit = open.at(-1)) {
    const { flag, gate, met } = visit;
    const requirement = gate.requirements[met];
    const required = asked.flags[requirement?.position ?? -1];
    const given = arrived ?? (required && settled(required, asked));
    arrived = undefined;
    if (required?.gate !== undefined && given === undefined) {
      open.push({ flag: required, gate: required.gate, met: 0 });
      continue;
    }
    if (requirement !== undefined && isMet(requirement.source, given)) {
      visit.met++;
      continue;
    }
    const own = decideOwn(flag, asked);
    arrived = requirement === undefined ? own : unmet(own, requirement.key);
    gate.answer = arrived;
    gate.turn = asked.subject.turn;
    open.pop();
  }
  return arrived ?? decideOwn(first, asked);
}

/** `undefined` where other flags must be decided first. */
function settled(flag: CompiledFlag, asked: Asked): Evaluation | undefined {
  if (flag.gate === undefined) return decideOwn(flag, asked);
  return flag.gate.turn === asked.subject.turn ? flag.gate.answer : undefined;
}

export function isMet({ enabled, variant }: Prerequisite, given: Evaluation | undefined): boolean {
  return given?.enabled === enabled && (variant === undefined || given.variant === variant);
}

/** The answers of flags whose prerequisites are not met, made from the answers they would give otherwise. */
const unmetAnswers = new WeakMap<Evaluation, Map<string, Evaluation>>();

/** Off, with the value kept as any flag that is off keeps it; the same object whenever the answer is the same. */
function unmet(answer: Evaluation, prerequisite: string): Evaluation {
  const known = unmetAnswers.get(answer) ?? new Map<string, Evaluation>();
  unmetAnswers.set(answer, known);
  const before = known.get(prerequisite);
  if (before !== undefined) return before;
  const value = answer.valueType === "boolean" ? false : answer.value;
  const off: Evaluation = Object.freeze({ ...answer, enabled: false, value, reason: "DISABLED", prerequisite });
  known.set(prerequisite, off);
  return off;
}
