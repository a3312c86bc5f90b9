import type { Place } from "../../lib/place.ts";
import { act } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { compareStates } from "./compare.ts";
import type { FlagDetail, SegmentOverride, State } from "./flag.ts";
import { hasValue } from "./flag.ts";
import { stateWords } from "./sentences.ts";
import type { FlagWrite } from "./use-flag-writes.ts";

interface RuleWish {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly segment: SegmentOverride["segment"];
}

const of = ({ place, flag, segment }: RuleWish) => ({ ...inputOf(place), flag: flag.key, segment: segment.key });
const expecting = (version: number | undefined) => (version === undefined ? {} : { expectedVersion: version });
const ruleOf = (flag: FlagDetail, key: string) => flag.segmentOverrides.find((it) => it.segment.key === key);

const setRule = (wish: RuleWish, state: State, more: { readonly version?: number | undefined; readonly priority?: number }) =>
  act("overrides.set", {
    ...of(wish),
    enabled: state.enabled,
    ...(hasValue(wish.flag) && { value: state.value, weights: [...state.weights], bucketBy: state.bucketBy ?? null }),
    ...(more.priority !== undefined && { priority: more.priority }),
    ...expecting(more.version),
  });
const removeRule = (wish: RuleWish, version: number | undefined) =>
  act("overrides.delete", { ...of(wish), ...expecting(version) });

/** A rule as it should be; made where there is none. */
export function settingRule(
  wish: RuleWish,
  state: State,
  more: { readonly version: number; readonly close: () => void },
): FlagWrite {
  const { flag, segment } = wish;
  const before = ruleOf(flag, segment.key);
  const words = stateWords(flag.valueType, state);
  return {
    title: `${before ? "Change" : "Add"} the rule for ${segment.name}`,
    consequence: `${segment.name} then gets ${words}; now it gets ${stateWords(flag.valueType, before ?? flag.state)}.`,
    verb: before ? "Save rule" : "Add rule",
    done: `${words.charAt(0).toUpperCase()}${words.slice(1)} for ${segment.name}`,
    version: more.version,
    write: (version) => setRule(wish, state, { version }),
    undo: () => (before ? setRule(wish, before, {}) : removeRule(wish, undefined)),
    compare: (theirs) => compareStates(theirs, state, ruleOf(theirs, segment.key)),
    close: more.close,
  };
}

/** A rule taken away; its undo puts it back at its place. */
export function removingRule(wish: RuleWish, rule: SegmentOverride): FlagWrite {
  const { flag, segment } = wish;
  return {
    title: `Remove the rule for ${segment.name}`,
    consequence: `${segment.name} then gets what everyone else gets: ${stateWords(flag.valueType, flag.state)}.`,
    verb: "Remove rule",
    done: `The rule for ${segment.name} is gone`,
    version: flag.version,
    write: (version) => removeRule(wish, version),
    undo: () => setRule(wish, rule, { priority: rule.priority }),
    compare: (theirs) => compareStates(theirs, undefined, ruleOf(theirs, segment.key)),
  };
}
