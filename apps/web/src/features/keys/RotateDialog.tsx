import { useQueryClient } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createForm } from "../../lib/create-form.ts";
import { invalidate } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Select } from "../../ui/Select.tsx";

interface RotateDialogProps {
  readonly name: string;
  /** @param until ISO instant at which the old key ends */
  readonly rotate: (until: string) => Promise<{ readonly key: string }>;
  /** Questions that have another answer then: `"apiKeys"`. */
  readonly touches: string;
  readonly onClose: () => void;
}

const HOUR_MS = 3_600_000;
const GRACES = [
  { value: "1", label: "In an hour" },
  { value: "24", label: "In a day" },
  { value: "168", label: "In a week" },
  { value: "720", label: "In 30 days" },
] as const;

/** A key in place of another, which works on for a while; the new one is shown in the same dialog, this once. */
export function RotateDialog(props: RotateDialogProps): JSX.Element {
  const client = useQueryClient();
  const [hours, setHours] = createSignal<(typeof GRACES)[number]["value"]>("24");
  const [made, setMade] = createSignal<string>();
  const rotate = async () => {
    const { key } = await props.rotate(new Date(Date.now() + Number(hours()) * HOUR_MS).toISOString());
    setMade(key);
    await invalidate(client, props.touches, "revisions");
  };
  const form = createForm(() => rotate());

  return (
    <Dialog
      open
      wide={made() !== undefined}
      onClose={() => props.onClose()}
      title={made() ? "Copy the new key now" : `Rotate ${props.name}`}
      about={
        made()
          ? "It is shown this once. Give it to the programs before the old one ends."
          : "A new key of the same kind and rights takes its place. Both work until the old one ends."
      }
    >
      <Show
        when={made()}
        fallback={
          <form class="flex flex-col gap-4" onSubmit={form.onSubmit}>
            <Show when={form.failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
            <Select label="The old key ends" class="max-w-48" choices={GRACES} value={hours()} onChange={setHours} />
            <div class="flex justify-end gap-2">
              <Button onClick={() => props.onClose()}>Cancel</Button>
              <Button type="submit" kind="primary" busy={form.isBusy()}>
                Rotate key
              </Button>
            </div>
          </form>
        }
      >
        {(key) => (
          <>
            <CodeBlock code={key()} />
            <div class="flex justify-end">
              <Button kind="primary" onClick={() => props.onClose()}>
                I have copied it
              </Button>
            </div>
          </>
        )}
      </Show>
    </Dialog>
  );
}
