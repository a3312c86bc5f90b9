import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf } from "../../lib/use-place.ts";
import { Combobox } from "../../ui/Combobox.tsx";
import type { FlagDetail } from "./flag.ts";
import { SaveLine } from "./SaveLine.tsx";
import { StateEditor } from "./StateEditor.tsx";
import { settingRule } from "./segment-rule-writes.ts";
import type { FlagWrites } from "./use-flag-writes.ts";
import { createStateDraft } from "./use-state-draft.ts";

interface AddSegmentRuleProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly writes: FlagWrites;
  readonly onClose: () => void;
}

const MOST = 100;

export function AddSegmentRule(props: AddSegmentRuleProps): JSX.Element {
  const segments = createApiQuery(() => ({ path: "segments.list", input: { ...projectOf(props.place), limit: MOST } }));
  const [key, setKey] = createSignal<string>();
  const free = () =>
    (segments.data?.items ?? []).filter((it) => !props.flag.segmentOverrides.some(({ segment }) => segment.key === it.key));
  const chosen = () => free().find((it) => it.key === key());
  // A rule that answers like everyone else would do nothing: it begins as the opposite, or on.
  const draft = createStateDraft(
    () => props.flag,
    () => ({ ...props.flag.state, enabled: props.flag.valueType === "boolean" ? !props.flag.state.enabled : true }),
  );
  const save = () => {
    const segment = chosen();
    const state = draft.state();
    if (!segment || !state) return;
    const wish = { flag: props.flag, place: props.place, segment: { key: segment.key, name: segment.name } };
    props.writes.run(settingRule(wish, state, { version: draft.version(), close: props.onClose }));
  };

  return (
    <div class="flex flex-col gap-4 border-t border-line bg-sunken px-4 py-3">
      <Combobox
        label="Segment"
        class="max-w-80"
        choices={free().map((it) => ({ value: it.key, label: it.name }))}
        value={key()}
        onChange={setKey}
        hint={
          !segments.isPending && free().length === 0 ? "Every segment has a rule here already, or there is none yet." : undefined
        }
      />
      <Show when={chosen()}>
        {(segment) => <StateEditor flag={props.flag} draft={draft} whose={segment().name} error={props.writes.error()} />}
      </Show>
      <SaveLine
        verb="Add rule"
        disabled={!chosen() || draft.state() === undefined}
        busy={props.writes.isBusy()}
        onSave={save}
        onCancel={() => props.onClose()}
      >
        It goes last; move it up to make it stronger.
      </SaveLine>
    </div>
  );
}
