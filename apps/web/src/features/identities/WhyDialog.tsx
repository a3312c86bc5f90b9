import type { JSX } from "solid-js";
import { createEffect, on, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { usePlace } from "../../lib/use-place.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { createExplanation, ExplanationView } from "../explain/index.ts";
import type { Identity } from "./reasons.ts";

interface WhyDialogProps {
  readonly identity: Identity;
  readonly flag: string;
  readonly onClose: () => void;
}

/** Why an identity, as it is known now, gets what it gets from one flag. */
export function WhyDialog(props: WhyDialogProps): JSX.Element {
  const why = createExplanation({
    place: usePlace(),
    flag: () => props.flag,
  });
  // The identity is read anew whenever anything it gets may have changed.
  createEffect(
    on(
      () => props.identity,
      ({ identifier, traitValues }) => why.run({ targetingKey: identifier, attributes: traitValues }),
    ),
  );

  return (
    <Dialog open wide onClose={() => props.onClose()} title={`Why ${props.identity.identifier} gets this from ${props.flag}`}>
      <Show when={why.error() === undefined} fallback={<Notice tone="danger">{errorMessage(why.error())}</Notice>}>
        <Show when={why.answer()} fallback={<Skeleton label="Asking why" />}>
          {(answer) => <ExplanationView explanation={answer()} />}
        </Show>
      </Show>
    </Dialog>
  );
}
