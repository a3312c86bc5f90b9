import type { JSX } from "solid-js";
import { createEffect, createSignal, Show } from "solid-js";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Field } from "./Field.tsx";
import { TextInput } from "./inputs.tsx";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly title: string;
  /** What will change, for whom. */
  readonly consequence: JSX.Element;
  /** The verb on the button: "Delete flag". */
  readonly verb: string;
  /** Must be typed before the act is possible; for what cannot be taken back. */
  readonly typeName?: string | undefined;
  /** @default true when `typeName` is given */
  readonly danger?: boolean | undefined;
  readonly busy?: boolean | undefined;
}

export function ConfirmDialog(props: ConfirmDialogProps): JSX.Element {
  const [typed, setTyped] = createSignal("");
  const isAllowed = () => props.typeName === undefined || typed() === props.typeName;
  const isDanger = () => props.danger ?? props.typeName !== undefined;

  createEffect(() => {
    if (!props.open) setTyped("");
  });

  const confirm = (event: SubmitEvent) => {
    event.preventDefault();
    if (isAllowed() && !props.busy) props.onConfirm();
  };

  return (
    <Dialog open={props.open} onClose={() => props.onClose()} title={props.title} about={props.consequence}>
      <form class="flex flex-col gap-4" onSubmit={confirm}>
        <Show when={props.typeName}>
          {(name) => (
            <Field
              label={`Type ${name()} to confirm`}
              hint={typed() !== "" && !isAllowed() ? "Not the same yet; upper and lower case count." : undefined}
            >
              <TextInput value={typed()} onInput={setTyped} mono />
            </Field>
          )}
        </Show>
        {/* The focus begins at the verb, so that Enter says yes; it is drawn last. */}
        <div class="flex flex-row-reverse gap-2">
          <Button type="submit" kind={isDanger() ? "danger" : "primary"} disabled={!isAllowed()} busy={props.busy}>
            {props.verb}
          </Button>
          <Button onClick={() => props.onClose()}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
