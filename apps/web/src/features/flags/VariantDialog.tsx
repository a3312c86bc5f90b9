import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createQuestions } from "../../lib/create-question.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { projectOf } from "../../lib/use-place.ts";
import { parseText, toText } from "../../lib/value-text.ts";
import { valueWords } from "../../lib/value-words.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { createEnvironments, isAnyCareful, QuestionDialog, reachWords } from "../shell/index.ts";
import type { FlagDetail, Variant } from "./flag.ts";
import { ValueEditor } from "./ValueEditor.tsx";

interface VariantDialogProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  /** Undefined makes a new one. */
  readonly variant: Variant | undefined;
  readonly onClose: () => void;
}

export function VariantDialog(props: VariantDialogProps): JSX.Element {
  // The dialog lives for one variant only.
  // eslint-disable-next-line solid/reactivity
  const { flag, variant } = props;
  const [key, setKey] = createSignal(variant?.key ?? "");
  const [text, setText] = createSignal(variant ? toText(flag.valueType, variant.value) : "");
  const parsed = () => parseText(flag.valueType, text(), "");
  const shared = { touches: ["flags", "revisions"], done: () => props.onClose() } as const;
  const create = createAct({ path: "variants.create", ...shared });
  const update = createAct({ path: "variants.update", ...shared });
  const environments = createEnvironments(() => props.place);
  const questions = createQuestions(() => isAnyCareful(environments.all()));
  const error = () => create.error() ?? update.error();

  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const read = parsed();
    if (read.error !== undefined) return;
    const input = { ...projectOf(props.place), flag: flag.key, key: key().trim(), value: read.value };
    const reach = reachWords(environments.all());
    questions.ask({
      title: variant ? `Change the variant ${input.key}?` : `Add the variant ${input.key}?`,
      consequence: variant
        ? `Whoever has this variant then gets ${valueWords(read.value)}, in ${reach}.`
        : `It comes to ${reach}; nobody gets it until it has a share there.`,
      verb: variant ? "Save variant" : "Add variant",
      act: () => void (variant ? update.run({ ...input, id: variant.id }) : create.run(input)),
    });
  };

  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={variant ? `Edit the variant ${variant.key ?? ""}` : `Add a variant to ${flag.key}`}
      about="It exists in every environment; each decides how many people get it."
    >
      <form class="flex flex-col gap-4" onSubmit={save}>
        <Field label="Key" error={fieldError(error(), "key")} hint="What analytics and code call it, such as `blue` or `short`.">
          <TextInput value={key()} onInput={setKey} mono autofocus />
        </Field>
        <ValueEditor
          valueType={flag.valueType}
          text={text()}
          onInput={setText}
          error={parsed().error ?? fieldError(error(), "value")}
        />
        <Show when={formError(error(), ["key", "value"])}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            type="submit"
            kind="primary"
            busy={create.isBusy() || update.isBusy()}
            disabled={key().trim() === "" || parsed().error !== undefined}
          >
            {variant ? "Save variant" : "Add variant"}
          </Button>
        </div>
      </form>
      <QuestionDialog questions={questions} />
    </Dialog>
  );
}
