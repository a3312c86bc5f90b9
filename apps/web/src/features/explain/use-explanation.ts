import type { Accessor } from "solid-js";
import { createEffect, createSignal, on } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import type { Place } from "../../lib/place.ts";
import type { InputOf } from "../../lib/procedures.ts";
import { inputOf } from "../../lib/use-place.ts";
import type { Explanation } from "./explanation.ts";

export type Context = Pick<InputOf<"evaluations.explain">, "targetingKey" | "attributes">;

interface ExplanationOptions {
  readonly place: Accessor<Place>;
  readonly flag: Accessor<string>;
  /** When this becomes another, the answer may have too. */
  readonly follows?: Accessor<string>;
}

/** How a flag is decided for a context; asked again when the flag or the environment changes under it. */
export function createExplanation({ place, flag, follows }: ExplanationOptions) {
  const [context, setContext] = createSignal<Context>();
  const [answer, setAnswer] = createSignal<Explanation>();
  let isOutdated = false;
  const explain = createAct({ path: "evaluations.explain", touches: [], done: setAnswer, refused: () => setAnswer(undefined) });

  const ask = async (): Promise<void> => {
    const wish = context();
    if (wish === undefined) return;
    // One at a time; what changed meanwhile is asked for once that one is answered.
    if (explain.isBusy()) {
      isOutdated = true;
      return;
    }
    isOutdated = false;
    await explain.run({ ...inputOf(place()), flag: flag(), ...wish });
    // It may have changed while the answer was on its way.
    if (isOutdated as boolean) await ask();
  };

  createEffect(
    on(
      () => `${place().environment} ${flag()} ${follows?.() ?? ""}`,
      () => void ask(),
      { defer: true },
    ),
  );
  return {
    answer,
    error: explain.error,
    isBusy: explain.isBusy,
    run: (wish: Context) => {
      setContext(wish);
      void ask();
    },
  };
}
