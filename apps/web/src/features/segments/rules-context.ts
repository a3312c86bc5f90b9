import type { Condition } from "@halyard/evaluator/model";
import type { Accessor } from "solid-js";
import { createContext, useContext } from "solid-js";
import type { Verdict } from "./match-preview.ts";

/** A list of which only the beginning came along. */
export interface LongListPlace {
  /** Key of the segment. */
  readonly segment: string;
  readonly path: readonly number[];
  readonly count: number;
  /** Something else of the segment is changed and not saved. */
  readonly isLocked: boolean;
}

/** What every part of the rule builder asks of the page around it. */
export interface RulesSurroundings {
  /** What the server says is wrong at a path such as `rules.0.conditions.2.value`. */
  readonly errorAt: (path: string) => string | undefined;
  /** How the condition stands for the person tried; nothing while nobody is tried. */
  readonly verdict: (condition: Condition) => Verdict | undefined;
  /** Traits to choose from; others may be typed. */
  readonly traits: Accessor<readonly string[]>;
  /** Whether a condition's value is the beginning of a long list. */
  readonly longList: (value: Condition["value"]) => LongListPlace | undefined;
}

const RulesContext = createContext<RulesSurroundings>({
  errorAt: () => undefined,
  verdict: () => undefined,
  traits: () => [],
  longList: () => undefined,
});

export const RulesProvider = RulesContext.Provider;
export const useRules = (): RulesSurroundings => useContext(RulesContext);
