import { coerce, type Scalar } from "./cast.ts";
import { dayOf, parseInstant } from "./instant.ts";
import { type CompileTest, NOW } from "./match.ts";
import type { Condition } from "./model.ts";
import type { Subject } from "./subject.ts";

/** A value as a moment: an ISO 8601 text, or a number of milliseconds since 1970. */
export function momentOf(value: Scalar): number | null {
  const coerced = coerce(value);
  if (typeof coerced === "string") return parseInstant(coerced) ?? null;
  if (typeof coerced === "boolean") return null;
  const moment = Number(coerced);
  return Number.isFinite(moment) ? moment : null;
}

/** What a condition compares dates with; `undefined` for a text that is none. */
export function boundOf({ value }: Condition): ((subject: Subject) => number | null) | undefined {
  if (typeof value !== "string") return undefined;
  if (value === NOW) return (subject) => subject.now;
  const bound = parseInstant(value);
  return bound === undefined ? undefined : () => bound;
}

export const before = relation((moment, bound) => moment < bound);
export const after = relation((moment, bound) => moment > bound);
export const on = relation((moment, bound) => dayOf(moment) === dayOf(bound));

function relation(holds: (moment: number, bound: number) => boolean): CompileTest {
  return (condition) => {
    const boundIn = boundOf(condition);
    return (
      boundIn &&
      ((value, subject) => {
        const moment = momentOf(value);
        const bound = boundIn(subject);
        return moment !== null && bound !== null && holds(moment, bound);
      })
    );
  };
}
