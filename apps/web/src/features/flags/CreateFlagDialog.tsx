import type { JSX } from "solid-js";
import { Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { CreateFlagForm } from "./CreateFlagForm.tsx";

interface CreateFlagDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly place: Place;
  readonly onCreated: (key: string) => void;
}

export function CreateFlagDialog(props: CreateFlagDialogProps): JSX.Element {
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title="Create flag"
      about="It begins off in every environment, with the same value everywhere."
      wide
    >
      {/* Each opening begins with an empty form. */}
      <Show when={props.open}>
        <CreateFlagForm place={props.place} onClose={() => props.onClose()} onCreated={(key) => props.onCreated(key)} />
      </Show>
    </Dialog>
  );
}
