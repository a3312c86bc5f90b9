import type { Accessor } from "solid-js";
import { createEffect, createSignal, on } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import type { Place } from "../../lib/place.ts";
import type { InputOf, OutputOf } from "../../lib/procedures.ts";
import { inputOf } from "../../lib/use-place.ts";
import type { FlagDetail } from "./flag.ts";

export type Context = Pick<InputOf<"evaluations.run">, "targetingKey" | "attributes">;

/** What a context gets; asked again when the flag or the environment changes under it. */
export function createContextTest(place: Accessor<Place>, flag: Accessor<FlagDetail>) {
  const [context, setContext] = createSignal<Context>();
  const [answer, setAnswer] = createSignal<OutputOf<"evaluations.run">>();
  const evaluate = createAct({ path: "evaluations.run", touches: [], done: setAnswer });
  const ask = (wish: Context) => void evaluate.run({ ...inputOf(place()), ...wish });

  createEffect(
    on(
      () => `${place().environment} ${JSON.stringify(flag())}`,
      () => {
        const wish = context();
        if (wish) ask(wish);
      },
      { defer: true },
    ),
  );
  return {
    answer,
    error: evaluate.error,
    isBusy: evaluate.isBusy,
    run: (wish: Context) => {
      setContext(wish);
      ask(wish);
    },
  };
}
