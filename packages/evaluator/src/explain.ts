import { type Compiled, type CompiledEnvironment, insideOf } from "./compile.ts";
import { decide, isMet, winnerOf } from "./decide.ts";
import { ask, evaluate } from "./evaluate.ts";
import type { CompiledFlag } from "./flag.ts";
import { identityState } from "./identities.ts";
import type { Context } from "./model.ts";
import { isInSegment } from "./segment.ts";
import { armAt, type CompiledState, placeIn } from "./state.ts";
import type { Subject } from "./subject.ts";
import type { Explanation, Looked, Placement, SegmentStep } from "./trace.ts";
import { traceRules } from "./trace-rules.ts";

export { type DecisionToken, decisionToken, hashContext, parseDecisionToken } from "./decision-token.ts";
export type * from "./trace.ts";

/**
 * Decides one flag for one context as `evaluate` does, and says how.
 *
 * Asks the compiled segments and states of the environment; their rules and conditions are compiled once more, by the same
 * code, to be asked one by one. A context must read the same twice.
 *
 * @throws never
 */
export function explain(environment: CompiledEnvironment, flagKey: string, context: Context): Explanation {
  const compiled = insideOf(environment);
  const flag = compiled.flags[compiled.positions.get(flagKey) ?? -1];
  if (flag !== undefined) {
    try {
      return explainFlag(compiled, flag, context);
    } catch {
      // Only a context with getters that throw gets here; `evaluate` has an answer for it.
    }
  }
  return { flagKey, steps: [], prerequisites: [], evaluation: evaluate(environment, flagKey, context) };
}

function explainFlag(compiled: Compiled, flag: CompiledFlag, context: Context): Explanation {
  const asked = ask(compiled, context);
  const { subject, identity } = asked;
  const winner = winnerOf(flag, subject, identity);
  const look = (state: CompiledState | undefined): Looked => ({
    applies: state !== undefined,
    decided: state === winner,
    placement: state === undefined ? null : placementIn(state, subject),
  });
  return {
    flagKey: flag.source.key,
    steps: [
      { source: "identity", ...look(identity && identityState(identity, flag.source)) },
      ...flag.overrides.map(
        ({ segment, state }): SegmentStep => ({
          source: "segment",
          segment: segment.source,
          ...look(isInSegment(segment, subject) ? state : undefined),
          rules: traceRules(segment, subject, compiled.extensions),
        }),
      ),
      { source: "environment", ...look(flag.state) },
    ],
    prerequisites: (flag.gate?.requirements ?? []).map(({ source, position, key }) => {
      const required = asked.flags[position ?? -1];
      const evaluation = required === undefined ? null : decide(required, asked);
      return { prerequisite: source, flagKey: key, evaluation, isMet: isMet(source, evaluation ?? undefined) };
    }),
    evaluation: decide(flag, asked),
  };
}

function placementIn(state: CompiledState, subject: Subject): Placement | null {
  const place = placeIn(state, subject);
  if (place === null) return null;
  const hit = armAt(state, place);
  let from = 0;
  const arms = state.arms.map((arm) => {
    const trace = { variant: arm.outcome.variant, from, below: arm.below, isHit: arm === hit };
    from = arm.below;
    return trace;
  });
  return { by: state.bucketBy?.property ?? null, place, arms };
}
