import type { EnvironmentEvent } from "@halyard/contracts";
import { needsRegex, type RegexEngine, type Snapshot } from "@halyard/evaluator";
import { HalyardError } from "../errors.ts";
import type { Verdict } from "../position.ts";
import { advanceEnvironment, type EnvironmentState, withRegex } from "./environment-state.ts";

export type Origin = "live" | "disk";

export interface EnvironmentStore {
  readonly state: () => EnvironmentState | undefined;
  readonly receive: (event: EnvironmentEvent, origin: Origin) => Verdict;
  /** True while events wait for the engine for regular expressions. */
  readonly isWaiting: () => boolean;
}

export interface EnvironmentStoreOptions {
  /** These values are right as of now; `next` is set where they differ from `before`. */
  readonly confirmed: (origin: Origin, next?: EnvironmentState, before?: EnvironmentState) => void;
  /** The events that waited are applied; `hasGap` where one of them did not fit. */
  readonly resumed: (hasGap: boolean) => void;
  readonly failed: (error: HalyardError) => void;
}

/**
 * Holds the newest environment. The engine for regular expressions is loaded with the first rule that needs it; until it is
 * there, events wait, as deciding without it would give wrong answers.
 */
export function createEnvironmentStore(options: EnvironmentStoreOptions): EnvironmentStore {
  let state: EnvironmentState | undefined;
  let regex: RegexEngine | undefined;
  let waiting: { readonly event: EnvironmentEvent; readonly origin: Origin }[] | undefined;

  function receive(event: EnvironmentEvent, origin: Origin): Verdict {
    if (waiting !== undefined) {
      waiting.push({ event, origin });
      return "ignore";
    }
    if (regex === undefined && needsEngine(event)) {
      waiting = [{ event, origin }];
      void resume();
      return "ignore";
    }
    const before = state;
    const { verdict, state: next } = advanceEnvironment(before, event, regex);
    if (next !== undefined) state = next;
    if (verdict !== "gap") options.confirmed(origin, next, before);
    return verdict;
  }

  function needsEngine(event: EnvironmentEvent): boolean {
    if (event.type === "snapshot") return needsRegex(event.snapshot);
    const segments = event.type === "delta" ? event.delta.segments?.upserted : undefined;
    return segments !== undefined && state !== undefined && needsRegex(snapshotOf(state, segments));
  }

  async function resume(): Promise<void> {
    regex = await loadEngine(options.failed);
    if (state !== undefined) state = withRegex(state, regex);
    const events = waiting ?? [];
    waiting = undefined;
    const verdicts = events.map(({ event, origin }) => receive(event, origin));
    options.resumed(verdicts.includes("gap"));
  }

  return { state: () => state, receive, isWaiting: () => waiting !== undefined };
}

function snapshotOf(state: EnvironmentState, segments: Snapshot["segments"]): Snapshot {
  return { ...state.compiled.snapshot, segments };
}

async function loadEngine(failed: (error: HalyardError) => void): Promise<RegexEngine> {
  try {
    return (await import("@halyard/evaluator/regex")).re2Engine;
  } catch (cause) {
    failed(
      new HalyardError("REGEX_UNAVAILABLE", "The package re2js could not be loaded; conditions with patterns are false.", {
        cause,
      }),
    );
    return () => undefined;
  }
}
