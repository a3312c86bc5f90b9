import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { placePath } from "../../lib/place.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { showToast } from "../../ui/toast.tsx";
import type { Segment } from "./use-segment-draft.ts";

interface DeleteSegmentProps {
  readonly segment: Segment;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Says what goes with it; a segment in use takes its overrides along. */
export function DeleteSegment(props: DeleteSegmentProps): JSX.Element {
  const place = usePlace();
  const navigate = useNavigate();
  const remove = createAct({
    path: "segments.delete",
    touches: ["segments.list", "flags", "revisions"],
    done: () => {
      showToast({ title: `Deleted ${props.segment.name}` });
      navigate(placePath({ ...place(), page: "segments" }));
    },
  });
  const flags = () => [...new Set(props.segment.usedBy.map(({ flag }) => flag))];
  const isUsed = () => flags().length > 0;

  return (
    <ConfirmDialog
      open={props.open}
      onClose={() => props.onClose()}
      onConfirm={() => void remove.run({ ...projectOf(place()), segment: props.segment.key, force: isUsed() })}
      title={`Delete ${props.segment.name}?`}
      verb={isUsed() ? "Delete it and its overrides" : "Delete segment"}
      typeName={isUsed() ? props.segment.key : undefined}
      danger
      busy={remove.isBusy()}
      consequence={
        <>
          <Show when={isUsed()} fallback="No flag uses it, so nobody's answers change. It cannot be taken back.">
            {flags().length === 1 ? "One flag answers" : `${flags().length} flags answer`} it differently: {flags().join(", ")}.
            These overrides go too, and its members get what everyone else gets. It cannot be taken back.
          </Show>
          <Show when={remove.error()}>
            {(error) => (
              <span role="alert" class="mt-2 block text-danger">
                {errorMessage(error())}
              </span>
            )}
          </Show>
        </>
      }
    />
  );
}
