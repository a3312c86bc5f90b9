import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { Combobox } from "../../ui/Combobox.tsx";
import type { FlagDetail, Prerequisite } from "./flag.ts";
import { PrerequisiteAnswer } from "./PrerequisiteAnswer.tsx";
import { SaveLine } from "./SaveLine.tsx";

interface AddPrerequisiteProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly busy: boolean;
  readonly onAdd: (prerequisite: Prerequisite) => void;
  readonly onClose: () => void;
}

/** What is offered; the key of any other flag may be typed. */
const MOST = 100;

export function AddPrerequisite(props: AddPrerequisiteProps): JSX.Element {
  const flags = createApiQuery(() => ({ path: "flags.list", input: { ...inputOf(props.place), limit: MOST } }));
  const [wish, setWish] = createSignal<Prerequisite>();
  const isFree = (key: string) => key !== props.flag.key && !props.flag.prerequisites.some(({ flag }) => flag === key);

  return (
    <div class="-mx-4 flex flex-col gap-3 border-t border-line bg-sunken px-4 py-3">
      <div class="flex flex-wrap items-end gap-3">
        <Combobox
          label="Flag"
          class="w-72 max-w-full"
          mono
          allowNew
          choices={(flags.data?.items ?? []).filter(({ key }) => isFree(key)).map(({ key }) => ({ value: key, label: key }))}
          value={wish()?.flag}
          onChange={(flag) => setWish({ flag, enabled: true, variant: null })}
        />
        <Show when={wish()}>{(it) => <PrerequisiteAnswer prerequisite={it()} place={props.place} onChange={setWish} />}</Show>
      </div>
      <SaveLine
        verb="Add prerequisite"
        disabled={wish() === undefined}
        busy={props.busy}
        onSave={() => {
          const it = wish();
          if (it) props.onAdd(it);
        }}
        onCancel={() => props.onClose()}
      >
        In this environment only.
      </SaveLine>
    </div>
  );
}
