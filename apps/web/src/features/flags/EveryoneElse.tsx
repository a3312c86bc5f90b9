import type { JSX } from "solid-js";
import { Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { act } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { Section } from "../../ui/Page.tsx";
import { compareStates } from "./compare.ts";
import type { FlagDetail, State } from "./flag.ts";
import { hasValue } from "./flag.ts";
import { SaveLine } from "./SaveLine.tsx";
import { flagSentence, offMeans, stateWords } from "./sentences.ts";
import type { FlagWrites } from "./use-flag-writes.ts";
import { createStateDraft } from "./use-state-draft.ts";
import { ValueEditor } from "./ValueEditor.tsx";
import { Variants } from "./Variants.tsx";
import { innerError } from "./value-error.ts";

interface EveryoneElseProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly writes: FlagWrites;
}

/** What everybody gets whom no rule names. Its on/off is the switch of the page. */
export function EveryoneElse(props: EveryoneElseProps): JSX.Element {
  const draft = createStateDraft(
    () => props.flag,
    () => props.flag.state,
  );
  const hasRules = () => props.flag.segmentOverrides.length + props.flag.identityOverrides.length > 0;
  const setState = (state: State, expectedVersion: number | undefined) =>
    act("flags.setState", {
      ...inputOf(props.place),
      flag: props.flag.key,
      value: state.value,
      weights: [...state.weights],
      bucketBy: state.bucketBy ?? null,
      ...(expectedVersion !== undefined && { expectedVersion }),
    });
  const save = () => {
    const state = draft.state();
    if (!state) return;
    const before = draft.base();
    props.writes.run({
      title: `Change ${props.flag.key}`,
      consequence: `Then it is: ${flagSentence({ ...props.flag, state: { ...state, weights: [...state.weights], enabled: props.flag.state.enabled } })}.`,
      verb: "Save",
      done: `${props.flag.key} saved`,
      version: draft.version(),
      write: (version) => setState(state, version),
      undo: () => setState(before, undefined),
      compare: (theirs) => compareStates(theirs, state, { ...theirs.state, enabled: state.enabled }),
      close: draft.reset,
    });
  };

  return (
    <Section
      title={hasRules() ? "Everyone else" : "Everyone"}
      about={props.flag.state.enabled ? undefined : offMeans(props.flag.valueType)}
    >
      <Show
        when={hasValue(props.flag)}
        fallback={
          <p class="text-muted">
            {stateWords(props.flag.valueType, props.flag.state) === "on" ? "On" : "Off"} for{" "}
            {hasRules() ? "everyone else" : "everyone"}; the flag at the top of the page raises and lowers it.
          </p>
        }
      >
        <div class="flex flex-col gap-4">
          <ValueEditor
            valueType={props.flag.valueType}
            text={draft.text()}
            onInput={draft.setText}
            error={draft.textError() ?? innerError(props.writes.error(), "value")}
          />
          <Variants flag={props.flag} place={props.place} draft={draft} />
          <Show when={draft.isDirty()}>
            <SaveLine
              verb="Save"
              disabled={draft.state() === undefined}
              busy={props.writes.isBusy()}
              onSave={save}
              onCancel={draft.reset}
            >
              Not saved yet
            </SaveLine>
          </Show>
        </div>
      </Show>
    </Section>
  );
}
