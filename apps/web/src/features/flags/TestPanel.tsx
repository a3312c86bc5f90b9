import Play from "lucide-solid/icons/play";
import type { JSX } from "solid-js";
import { createSignal, Match, Switch } from "solid-js";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextArea, TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import type { Context } from "../explain/index.ts";
import { createExplanation, ExplanationView, ReplayToken } from "../explain/index.ts";
import { readAttributes } from "./attributes-text.ts";
import type { FlagDetail } from "./flag.ts";

interface TestPanelProps {
  readonly flag: FlagDetail;
  readonly place: Place;
}

/** Tries a context without storing anything, and says why it gets what it gets. Asks again when the flag changes. */
export function TestPanel(props: TestPanelProps): JSX.Element {
  const [key, setKey] = createSignal("");
  const [text, setText] = createSignal("");
  const read = () => readAttributes(text());
  const test = createExplanation({
    place: () => props.place,
    flag: () => props.flag.key,
    follows: () => JSON.stringify(props.flag),
  });
  /** Undefined while a line says nothing. */
  const context = (): Context | undefined => {
    const { attributes, error } = read();
    if (error !== undefined) return undefined;
    const targetingKey = key().trim();
    return { attributes, ...(targetingKey !== "" && { targetingKey }) };
  };
  const isArchived = () => test.error() !== undefined && toErrorBody(test.error()).code === "not_found";
  const run = (event: SubmitEvent) => {
    event.preventDefault();
    const wish = context();
    if (wish) test.run(wish);
  };

  return (
    <section class="flex flex-col gap-4" aria-label="Test a context">
      <div>
        <h2 class="text-14 font-semibold max-desk:sr-only">Test a context</h2>
        <p class="text-12 text-muted">What somebody gets from this flag, and why. Nothing is stored.</p>
      </div>
      <form class="flex flex-col gap-3" onSubmit={run}>
        <Field label="Targeting key" optional>
          <TextInput value={key()} onInput={setKey} mono placeholder="user-42" />
        </Field>
        <Field label="Attributes" optional error={read().error} hint="One a line; a list in brackets.">
          <TextArea
            value={text()}
            onInput={setText}
            mono
            rows={3}
            placeholder={'plan = pro\norders = 12\nteams = ["a", "b"]'}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
            }}
          />
        </Field>
        <Button type="submit" icon={<Play size={14} aria-hidden="true" />} busy={test.isBusy()}>
          Test
        </Button>
      </form>
      <Switch>
        <Match when={isArchived()}>
          <p class="text-muted">This flag answers nobody here; it may be archived.</p>
        </Match>
        <Match when={test.error() !== undefined}>
          <Notice tone="danger">{errorMessage(test.error())}</Notice>
        </Match>
        <Match when={test.answer()}>
          {(answer) => (
            <div class="border-t border-line pt-4">
              <ExplanationView explanation={answer()} />
            </div>
          )}
        </Match>
      </Switch>
      <ReplayToken place={props.place} context={context} />
    </section>
  );
}
