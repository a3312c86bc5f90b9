import { type CompiledEnvironment, type CompiledFlag, insideOf } from "./compile.ts";
import { Evaluations } from "./evaluations.ts";
import { findIdentity, identityState } from "./identities.ts";
import type { Context, ErrorCode, Evaluation, Segment, ValueType } from "./model.ts";
import { isInSegment } from "./segment.ts";
import { type CompiledState, decideState } from "./state.ts";
import { type Subject, subjectOf } from "./subject.ts";

type Identity = ReturnType<typeof findIdentity>;

const FLAG_NOT_FOUND = failure("json", "FLAG_NOT_FOUND");

/**
 * Decides one flag for one context.
 *
 * @returns a frozen answer, the same object whenever the answer is the same; an unknown key gives `FLAG_NOT_FOUND`
 * @throws never
 */
export function evaluate(environment: CompiledEnvironment, flagKey: string, context: Context): Evaluation {
  const { snapshot, flags, positions, identities } = insideOf(environment);
  const flag = flags[positions.get(flagKey) ?? -1];
  if (flag === undefined) return FLAG_NOT_FOUND;
  try {
    const subject = subjectOf(snapshot.environment, context);
    const identity = subject.identifier === null ? undefined : findIdentity(identities, subject.identifier);
    return decideState(winnerOf(flag, subject, identity), subject);
  } catch {
    // Only a context with getters that throw gets here, and evaluation must not throw on any.
    return failure(flag.source.valueType, "GENERAL");
  }
}

/**
 * Decides all flags for one context; each segment is decided at most once.
 *
 * @throws never
 */
export function evaluateAll(environment: CompiledEnvironment, context: Context): Evaluations {
  const { snapshot, flags, positions, identities } = insideOf(environment);
  try {
    const subject = subjectOf(snapshot.environment, context);
    const identity = subject.identifier === null ? undefined : findIdentity(identities, subject.identifier);
    return new Evaluations(
      positions,
      flags.map((flag) => decideState(winnerOf(flag, subject, identity), subject)),
    );
  } catch {
    // As in `evaluate`, but the flags that do not ask for the bad attribute still get their answer.
    return new Evaluations(
      positions,
      flags.map((flag) => evaluate(environment, flag.source.key, context)),
    );
  }
}

/** The segments that the context is in, in the order of the snapshot. Never throws: a context that cannot be read is in none. */
export function segmentsOf(environment: CompiledEnvironment, context: Context): readonly Segment[] {
  const { snapshot, segments } = insideOf(environment);
  try {
    const subject = subjectOf(snapshot.environment, context);
    return snapshot.segments.filter(({ id }) => {
      const segment = segments.get(id);
      return segment !== undefined && isInSegment(segment, subject);
    });
  } catch {
    // See `evaluate`.
    return [];
  }
}

/** Identity override, then segment overrides from the strongest, then the environment. */
export function winnerOf(flag: CompiledFlag, subject: Subject, identity: Identity): CompiledState {
  const own = identity && identityState(identity, flag.source);
  if (own !== undefined) return own;
  for (const override of flag.overrides) if (isInSegment(override.segment, subject)) return override.state;
  return flag.state;
}

function failure(valueType: ValueType, errorCode: ErrorCode): Evaluation {
  return Object.freeze({
    enabled: false,
    valueType,
    value: null,
    variant: null,
    reason: "ERROR",
    source: "environment",
    errorCode,
  });
}
