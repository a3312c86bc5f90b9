import RotateCcw from "lucide-solid/icons/rotate-ccw";
import type { JSX } from "solid-js";
import { createEffect, createSignal, For, Match, on, Show, Switch } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { inputOf } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { ExplanationView } from "./ExplanationView.tsx";
import type { Context } from "./use-explanation.ts";

type Replayed = OutputOf<"evaluations.replay">;

interface ReplayTokenProps {
  readonly place: Place;
  /** Whom the token was made for; undefined while what is written cannot be read. */
  readonly context: () => Context | undefined;
}

/** Makes the decision of a token once more, in the environment as it was then, for the context of the form above. */
export function ReplayToken(props: ReplayTokenProps): JSX.Element {
  const [token, setToken] = createSignal("");
  const [answer, setAnswer] = createSignal<Replayed>();
  const replay = createAct({
    path: "evaluations.replay",
    touches: [],
    done: setAnswer,
    refused: () => setAnswer(undefined),
  });
  // What is shown belongs to one token and one context.
  createEffect(
    on([token, () => JSON.stringify(props.context()), () => props.place.environment], () => {
      setAnswer(undefined);
      replay.clear();
    }),
  );
  const run = (event: SubmitEvent) => {
    event.preventDefault();
    const context = props.context();
    if (context && token().trim() !== "") void replay.run({ ...inputOf(props.place), ...context, token: token().trim() });
  };

  return (
    <details class="border-t border-line pt-3">
      <summary class="cursor-pointer rounded-1 text-12 font-medium">Replay a token</summary>
      <form class="mt-3 flex flex-col gap-3" onSubmit={run}>
        <Field label="Decision token" hint="Give the key and attributes of that time above.">
          <TextInput value={token()} onInput={setToken} mono />
        </Field>
        <Button type="submit" icon={<RotateCcw size={14} aria-hidden="true" />} busy={replay.isBusy()}>
          Replay
        </Button>
      </form>
      <div class="mt-3 flex flex-col gap-3 empty:hidden">
        <Switch>
          <Match when={replay.error() !== undefined}>
            <Notice tone="danger">{refusalWords(replay.error())}</Notice>
          </Match>
          <Match when={answer()}>{(it) => <Answer replayed={it()} />}</Match>
        </Switch>
      </div>
    </details>
  );
}

function Answer(props: { readonly replayed: Replayed }) {
  const at = () => `${props.replayed.outcome.flag} at v${props.replayed.version}`;

  return (
    <>
      <Notice tone={props.replayed.matches ? "info" : "scheduled"}>
        <p>{props.replayed.matches ? `Same answer: ${at()}.` : `Another answer than the token claims: ${at()}.`}</p>
        <Show when={!props.replayed.matches}>
          <ul>
            <For each={props.replayed.differences}>{(it) => <li>{differenceWords(it)}</li>}</For>
          </ul>
        </Show>
      </Notice>
      <ExplanationView explanation={props.replayed} />
    </>
  );
}

/** "The reason was SPLIT and is TARGETING_MATCH." */
function differenceWords({ what, then, again }: Replayed["differences"][number]): string {
  return `The ${what} was ${then ?? "none"} and is ${again ?? "none"}.`;
}

function refusalWords(error: unknown): string {
  const { code, fields } = toErrorBody(error);
  if (code === "not_found") return "No decision of this environment has this token. Choose the environment it was made in.";
  return fields?.[0]?.message ?? errorMessage(error);
}
