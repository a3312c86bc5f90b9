import Pencil from "lucide-solid/icons/pencil";
import Plus from "lucide-solid/icons/plus";
import Trash from "lucide-solid/icons/trash";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { projectOf } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { showToast } from "../../ui/toast.tsx";
import type { FlagDetail, Variant } from "./flag.ts";
import { variantName } from "./flag.ts";
import { PlacedBy } from "./PlacedBy.tsx";
import { SharesEditor } from "./SharesEditor.tsx";
import type { StateDraft } from "./use-state-draft.ts";
import { VariantDialog } from "./VariantDialog.tsx";

interface VariantsProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly draft: StateDraft;
}

/** Other values the flag can give, the same in every environment, with their shares in this one. */
export function Variants(props: VariantsProps): JSX.Element {
  const [edited, setEdited] = createSignal<Variant | "new">();
  const [doomed, setDoomed] = createSignal<Variant>();
  const remove = createAct({
    path: "variants.delete",
    touches: ["flags", "revisions"],
    done: () => setDoomed(undefined),
    refused: (error) => showToast({ tone: "danger", title: "The variant was not removed", about: errorMessage(error) }),
  });

  return (
    <div>
      <div class="flex min-h-8 items-center justify-between">
        <h3 class="text-12 font-medium">Variants</h3>
        <Button size="small" kind="quiet" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setEdited("new")}>
          Add variant
        </Button>
      </div>
      <Show
        when={props.flag.variants.length > 0}
        fallback={<p class="text-muted">None. A variant gives a share of people another value, the same people every time.</p>}
      >
        <SharesEditor
          variants={props.flag.variants}
          weightOf={props.draft.weightOf}
          onWeight={props.draft.setWeight}
          error={props.draft.weightsError()}
          actions={(variant) => (
            <span class="flex">
              <IconButton
                label={`Edit ${variantName(variant)}`}
                icon={<Pencil size={14} aria-hidden="true" />}
                onClick={() => setEdited(variant)}
              />
              <IconButton
                label={`Remove ${variantName(variant)}`}
                icon={<Trash size={14} aria-hidden="true" />}
                danger
                onClick={() => setDoomed(variant)}
              />
            </span>
          )}
        />
      </Show>
      <Show when={props.flag.variants.length > 0}>
        <PlacedBy value={props.draft.bucketBy()} onChange={props.draft.setBucketBy} />
      </Show>
      <Show when={edited()} keyed>
        {(variant) => (
          <VariantDialog
            flag={props.flag}
            place={props.place}
            variant={variant === "new" ? undefined : variant}
            onClose={() => setEdited(undefined)}
          />
        )}
      </Show>
      <ConfirmDialog
        open={doomed() !== undefined}
        onClose={() => setDoomed(undefined)}
        onConfirm={() => {
          const variant = doomed();
          if (variant) void remove.run({ ...projectOf(props.place), flag: props.flag.key, id: variant.id });
        }}
        title={`Remove the variant ${doomed() ? variantName(doomed() ?? { id: 0, key: "" }) : ""}?`}
        consequence="It goes from every environment; its share of people gets the flag’s value from then on."
        verb="Remove variant"
        danger
        busy={remove.isBusy()}
      />
    </div>
  );
}
