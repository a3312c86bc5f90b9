import { A } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import Trash from "lucide-solid/icons/trash";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { placePath } from "../../lib/place.ts";
import { act, ask } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { cx } from "../../ui/cx.ts";
import { Field } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Section } from "../../ui/Page.tsx";
import { compareStates } from "./compare.ts";
import type { FlagDetail, IdentityOverride, State } from "./flag.ts";
import { hasValue } from "./flag.ts";
import { SaveLine } from "./SaveLine.tsx";
import { StateEditor } from "./StateEditor.tsx";
import { stateWords } from "./sentences.ts";
import type { FlagWrites } from "./use-flag-writes.ts";
import { createStateDraft } from "./use-state-draft.ts";

interface IdentityRulesProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly writes: FlagWrites;
}

/** Single identities with an answer of their own: stronger than every segment. */
export function IdentityRules(props: IdentityRulesProps): JSX.Element {
  const [isAdding, setAdding] = createSignal(false);
  const [identifier, setIdentifier] = createSignal("");
  const draft = createStateDraft(
    () => props.flag,
    () => ({ ...props.flag.state, enabled: props.flag.valueType === "boolean" ? !props.flag.state.enabled : true }),
  );
  const rules = () => props.flag.identityOverrides;

  const read = () => ask("flags.get", { ...inputOf(props.place), flag: props.flag.key });
  const of = (who: string) => ({ ...inputOf(props.place), identifier: who, flag: props.flag.key });
  const expecting = (version: number | undefined) => (version === undefined ? {} : { expectedVersion: version });
  const ownOf = (flag: FlagDetail, who: string) => flag.identityOverrides.find((it) => it.identifier === who);
  const set = async (who: string, state: State, version?: number) => {
    const value = hasValue(props.flag) ? { value: state.value, weights: [...state.weights] } : {};
    await act("identityOverrides.set", { ...of(who), enabled: state.enabled, ...value, ...expecting(version) });
    return read();
  };
  const unset = async (who: string, version?: number) => {
    await act("identityOverrides.delete", { ...of(who), ...expecting(version) });
    return read();
  };

  const close = () => {
    draft.reset();
    setIdentifier("");
    setAdding(false);
  };
  const add = () => {
    const state = draft.state();
    const who = identifier().trim();
    if (!state || who === "") return;
    const words = stateWords(props.flag.valueType, state);
    const before = ownOf(props.flag, who);
    props.writes.run({
      title: `Give ${who} their own ${props.flag.key}`,
      consequence: `${who} then gets ${words}, whatever segments they are in.`,
      verb: "Add",
      done: `${who} gets ${words}`,
      version: draft.version(),
      write: (version) => set(who, state, version),
      undo: () => (before ? set(who, before) : unset(who)),
      compare: (theirs) => compareStates(theirs, state, ownOf(theirs, who)),
      close,
    });
  };
  const remove = (rule: IdentityOverride) =>
    props.writes.run({
      title: `Take back ${rule.identifier}’s own ${props.flag.key}`,
      consequence: `${rule.identifier} then gets what their segments or everyone else get.`,
      verb: "Take back",
      done: `${rule.identifier} has no own value any more`,
      version: props.flag.version,
      write: (version) => unset(rule.identifier, version),
      undo: () => set(rule.identifier, rule),
      compare: (theirs) => compareStates(theirs, undefined, ownOf(theirs, rule.identifier)),
    });

  return (
    <Section
      title="Identities"
      flush={rules().length > 0 || isAdding()}
      actions={
        <Button size="small" kind="quiet" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
          Add identity
        </Button>
      }
    >
      <Show
        when={rules().length > 0}
        fallback={
          <Show when={!isAdding()}>
            <p class="text-muted">Nobody has an answer of their own.</p>
          </Show>
        }
      >
        <ul class="flex flex-col" aria-label="Identities with their own answer">
          <For each={rules()}>
            {(rule) => (
              <li class="flex min-h-11 items-center gap-3 border-t border-line py-1 pr-2 pl-4">
                <span class="min-w-0 flex-1">
                  <A
                    href={placePath({ ...props.place, page: `identities/${rule.identifier}` })}
                    class="rounded-1 font-mono text-code break-all hover:underline"
                  >
                    {rule.identifier}
                  </A>{" "}
                  <span class="text-muted">gets</span>{" "}
                  <span class={cx(rule.enabled ? "font-medium text-on" : "text-muted")}>
                    {stateWords(props.flag.valueType, rule)}
                  </span>
                </span>
                <IconButton
                  label={`Take back ${rule.identifier}’s own value`}
                  icon={<Trash size={14} aria-hidden="true" />}
                  danger
                  onClick={() => remove(rule)}
                />
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={isAdding()}>
        <div class="flex flex-col gap-4 border-t border-line bg-sunken px-4 py-3">
          <Field label="Identifier" hint="The targeting key your code sends, such as a user id." class="max-w-80">
            <TextInput value={identifier()} onInput={setIdentifier} mono autofocus />
          </Field>
          <StateEditor flag={props.flag} draft={draft} whose={identifier() || "this identity"} error={props.writes.error()} />
          <SaveLine
            verb="Add"
            disabled={identifier().trim() === "" || draft.state() === undefined}
            busy={props.writes.isBusy()}
            onSave={add}
            onCancel={close}
          />
        </div>
      </Show>
    </Section>
  );
}
