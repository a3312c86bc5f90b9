import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { fieldError, formError } from "../../lib/errors.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextArea } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { QuestionDialog } from "../shell/index.ts";
import type { OverrideForm } from "./override-form.ts";
import { formOf, OWN_VALUE, variantName, wishOf } from "./override-form.ts";
import type { Identity, Outcome } from "./reasons.ts";
import { valueText } from "./reasons.ts";
import type { OverrideEdits } from "./use-identity.ts";

interface OverrideDialogProps {
  readonly identity: Identity;
  readonly outcome: Outcome;
  readonly edits: OverrideEdits;
  readonly onClose: () => void;
}

/** What one identity gets from one flag, stronger than segments and everyone. */
export function OverrideDialog(props: OverrideDialogProps): JSX.Element {
  const place = usePlace();
  // eslint-disable-next-line solid/reactivity -- the form begins from what holds when it opens
  const [form, setForm] = createSignal(formOf(props.identity, props.outcome));
  const [wrong, setWrong] = createSignal<string>();
  const change = (changes: Partial<OverrideForm>) => {
    setWrong(undefined);
    setForm((before) => ({ ...before, ...changes }));
  };
  const hasValue = () => props.outcome.valueType !== "boolean";
  const flag = createApiQuery(() => ({
    path: "flags.get",
    input: { ...inputOf(place()), flag: props.outcome.flag },
    enabled: hasValue(),
  }));
  const variants = () => flag.data?.variants ?? [];

  const save = () => {
    const result = wishOf(props.outcome, form());
    if ("error" in result) setWrong(result.error);
    else props.edits.set(props.outcome, result.wish, props.onClose);
  };

  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={`${props.outcome.flag} for ${props.identity.identifier}`}
      about="An override is stronger than every segment and stays until it is removed."
    >
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Show when={formError(props.edits.error(), ["value"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <Switch
          size="page"
          words
          label={`${props.outcome.flag} for this identity`}
          on={form().enabled}
          onChange={(enabled) => change({ enabled })}
        />
        <Show when={hasValue()}>
          <fieldset class="flex flex-col gap-1">
            <legend class="mb-1 text-12 font-medium">It gets</legend>
            <For each={variants()}>
              {(variant) => (
                <Pick
                  name={variantName(variant)}
                  about={valueText(variant.value)}
                  checked={form().pick === variantName(variant)}
                  onPick={() => change({ pick: variantName(variant) })}
                />
              )}
            </For>
            <Show when={variants().length > 0}>
              <Pick
                name="a value of its own"
                about=""
                checked={form().pick === OWN_VALUE}
                onPick={() => change({ pick: OWN_VALUE })}
              />
            </Show>
            <Show when={form().pick === OWN_VALUE}>
              <Field
                label={`Value (${props.outcome.valueType})`}
                hideLabel
                error={wrong() ?? fieldError(props.edits.error(), "value")}
              >
                <TextArea mono rows={2} value={form().text} onInput={(text) => change({ text })} />
              </Field>
            </Show>
          </fieldset>
        </Show>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" kind="primary" busy={props.edits.isBusy()}>
            Set override
          </Button>
        </div>
      </form>
      <QuestionDialog questions={props.edits.questions} />
    </Dialog>
  );
}

interface PickProps {
  readonly name: string;
  readonly about: string;
  readonly checked: boolean;
  readonly onPick: () => void;
}

function Pick(props: PickProps) {
  return (
    <label class="flex min-h-8 items-center gap-2 rounded-2 px-2 hover:bg-hover max-desk:min-h-11">
      <input type="radio" name="gets" checked={props.checked} onChange={() => props.onPick()} />
      <span class="font-mono text-code font-medium">{props.name}</span>
      <span class="truncate font-mono text-code text-muted">{props.about}</span>
    </label>
  );
}
