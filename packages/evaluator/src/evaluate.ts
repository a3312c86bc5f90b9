import { type Compiled, type CompiledEnvironment, insideOf } from "./compile.ts";
import { type Asked, decide } from "./decide.ts";
import { Evaluations } from "./evaluations.ts";
import { findIdentity } from "./identities.ts";
import type { Context, ErrorCode, Evaluation, Segment, ValueType } from "./model.ts";
import { isInSegment } from "./segment.ts";
import { subjectOf } from "./subject.ts";

const FLAG_NOT_FOUND = failure("json", "FLAG_NOT_FOUND");

/**
 * Decides one flag for one context.
 *
 * @returns a frozen answer, the same object whenever the answer is the same; an unknown key gives `FLAG_NOT_FOUND`
 * @throws never
 */
export function evaluate(environment: CompiledEnvironment, flagKey: string, context: Context): Evaluation {
  const compiled = insideOf(environment);
  const flag = compiled.flags[compiled.positions.get(flagKey) ?? -1];
  if (flag === undefined) return FLAG_NOT_FOUND;
  try {
    return decide(flag, ask(compiled, context));
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
  const compiled = insideOf(environment);
  const { flags, positions } = compiled;
  try {
    const asked = ask(compiled, context);
    return new Evaluations(
      positions,
      flags.map((flag) => decide(flag, asked)),
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

export function ask({ snapshot, identities, flags }: Compiled, context: Context): Asked {
  const subject = subjectOf(snapshot.environment, context);
  const identity = subject.identifier === null ? undefined : findIdentity(identities, subject.identifier);
  return { subject, identity, flags };
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
