import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { ask } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { cx } from "../../ui/cx.ts";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import type { Verdict } from "./match-preview.ts";
import type { SampleForm } from "./use-sample.ts";

const SENTENCES: Record<Verdict, { readonly title: string; readonly about: string; readonly tone: string }> = {
  in: { title: "In this segment", about: "Flags with an override for it answer this person so.", tone: "bg-on-soft text-on" },
  out: {
    title: "Not in this segment",
    about: "In the rules, a dash stands beside what does not hold.",
    tone: "bg-hover text-ink",
  },
  "by-share": {
    title: "Decided by the share",
    about: "All else fits; which share a person falls in is fixed by the server.",
    tone: "bg-scheduled-soft text-scheduled",
  },
};

/** Tries the rules as they stand, saved or not, on somebody made up or known. */
export function TestPanel(props: { readonly form: SampleForm }): JSX.Element {
  const place = usePlace();
  const [failure, setFailure] = createSignal<string>();
  const [isLoading, setLoading] = createSignal(false);

  const load = async () => {
    const identifier = props.form.identifier();
    setLoading(true);
    setFailure(undefined);
    try {
      props.form.take(identifier, (await ask("identities.get", { ...inputOf(place()), identifier })).traitValues);
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setLoading(false);
    }
  };

  return (
    <section aria-label="Test somebody" class="flex flex-col gap-3">
      <h2 class="text-14 font-semibold">Test somebody</h2>
      <div
        role="status"
        class={cx(
          "rounded-2 px-3 py-2",
          props.form.verdict() ? SENTENCES[props.form.verdict() ?? "out"].tone : "bg-hover text-muted",
        )}
      >
        <Show
          when={props.form.verdict()}
          fallback="Fill in what is known of somebody; the answer appears as you type, and nothing is stored."
        >
          {(verdict) => (
            <>
              <p class="font-semibold">{SENTENCES[verdict()].title}</p>
              <p class="text-12 text-muted">{SENTENCES[verdict()].about}</p>
            </>
          )}
        </Show>
      </div>
      <div class="flex items-end gap-2">
        <Field label="Identifier" class="flex-1" error={failure()}>
          <TextInput mono placeholder="user-42" value={props.form.identifier()} onInput={props.form.setIdentifier} />
        </Field>
        <Button
          class={failure() ? "mb-5" : ""}
          disabled={props.form.identifier() === ""}
          busy={isLoading()}
          onClick={() => void load()}
          title="Fill in the traits this identity has"
        >
          Load traits
        </Button>
      </div>
      <For each={props.form.traits()}>
        {(trait) => (
          <Field label={trait}>
            <TextInput
              mono
              placeholder="not known"
              value={props.form.textOf(trait)}
              onInput={(text) => props.form.setText(trait, text)}
            />
          </Field>
        )}
      </For>
      <p class="text-12 text-faint">Numbers, true and false are read as such; write "12" for text.</p>
    </section>
  );
}
