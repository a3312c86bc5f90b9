import Play from "lucide-solid/icons/play";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextArea, TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { readAttributes } from "./attributes-text.ts";
import type { FlagDetail } from "./flag.ts";
import { outcomeReason, outcomeWords } from "./outcome-words.ts";
import { createContextTest } from "./use-context-test.ts";

interface TestPanelProps {
  readonly flag: FlagDetail;
  readonly place: Place;
}

/** Tries a context without storing anything, and says why it gets what it gets. Asks again when the flag changes. */
export function TestPanel(props: TestPanelProps): JSX.Element {
  const [key, setKey] = createSignal("");
  const [text, setText] = createSignal("");
  const read = () => readAttributes(text());
  const test = createContextTest(
    () => props.place,
    () => props.flag,
  );
  const run = (event: SubmitEvent) => {
    event.preventDefault();
    const { attributes, error } = read();
    if (error !== undefined) return;
    const targetingKey = key().trim();
    test.run({ attributes, ...(targetingKey !== "" && { targetingKey }) });
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
        <Field label="Attributes" optional error={read().error} hint="One a line.">
          <TextArea
            value={text()}
            onInput={setText}
            mono
            rows={3}
            placeholder={"plan = pro\norders = 12"}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
            }}
          />
        </Field>
        <Button type="submit" icon={<Play size={14} aria-hidden="true" />} busy={test.isBusy()}>
          Test
        </Button>
      </form>
      <Show when={test.error() === undefined} fallback={<Notice tone="danger">{errorMessage(test.error())}</Notice>}>
        <Show when={test.answer()}>{(answer) => <Answer answer={answer()} flag={props.flag} />}</Show>
      </Show>
    </section>
  );
}

function Answer(props: { readonly answer: OutputOf<"evaluations.run">; readonly flag: FlagDetail }) {
  const outcome = () => props.answer.outcomes.find(({ flag }) => flag === props.flag.key);

  return (
    <div aria-live="polite" class="flex flex-col gap-3 border-t border-line pt-4">
      <Show when={outcome()} fallback={<p class="text-muted">This flag answers nobody here; it may be archived.</p>}>
        {(it) => (
          <>
            <p class="text-16 font-semibold break-words">
              <span class={it().enabled ? "text-on" : "text-muted"}>{outcomeWords(it())}</span>
            </p>
            <p>{outcomeReason(it())}</p>
            <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-12">
              <dt class="text-muted">Reason</dt>
              <dd class="font-mono">{it().reason}</dd>
              <Show when={it().variant}>
                {(variant) => (
                  <>
                    <dt class="text-muted">Variant</dt>
                    <dd class="font-mono">{variant()}</dd>
                  </>
                )}
              </Show>
              <dt class="text-muted">Read at</dt>
              <dd class="font-mono">v{props.answer.version}</dd>
            </dl>
          </>
        )}
      </Show>
      <div class="flex flex-wrap items-center gap-1.5">
        <span class="text-12 text-muted">In</span>
        <For each={props.answer.segments} fallback={<span class="text-12 text-muted">no segment</span>}>
          {(segment) => <Chip>{segment.name}</Chip>}
        </For>
      </div>
    </div>
  );
}
