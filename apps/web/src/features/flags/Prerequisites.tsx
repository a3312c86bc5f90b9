import { A } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { placePath } from "../../lib/place.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { AddPrerequisite } from "./AddPrerequisite.tsx";
import type { FlagDetail, Prerequisite } from "./flag.ts";
import { PrerequisiteAnswer } from "./PrerequisiteAnswer.tsx";
import { settingPrerequisites } from "./prerequisite-writes.ts";
import { requirementWords } from "./sentences.ts";
import type { FlagWrites } from "./use-flag-writes.ts";

interface PrerequisitesProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly writes: FlagWrites;
}

/** Other flags that must answer as said for this one to be on, and those that ask the same of it. */
export function Prerequisites(props: PrerequisitesProps): JSX.Element {
  const [isAdding, setAdding] = createSignal(false);
  const [refusal, setRefusal] = createSignal<unknown>();
  const set = (prerequisites: readonly Prerequisite[]) => {
    setRefusal(undefined);
    const close = () => setAdding(false);
    props.writes.run({ ...settingPrerequisites(props, prerequisites), close, refused: setRefusal });
  };
  const pageOf = (flag: string) => placePath({ ...props.place, page: `flags/${flag}` });

  return (
    <Section
      title="Requires"
      about="Unless all of these answer so, the flag is off for everyone here."
      actions={
        <Button size="small" kind="quiet" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
          Add prerequisite
        </Button>
      }
    >
      <div class="flex flex-col gap-3">
        <Show when={refusal()}>{(error) => <Notice tone="danger">{errorMessage(error())}</Notice>}</Show>
        <Show when={props.flag.prerequisites.length > 0} fallback={<p class="text-muted">It requires no other flag.</p>}>
          <ul class="flex flex-col" aria-label="Prerequisites">
            <For each={props.flag.prerequisites}>
              {(it) => (
                <li class="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-1 first:border-0">
                  <A href={pageOf(it.flag)} class="min-w-0 flex-1 font-mono text-code font-medium wrap-anywhere hover:underline">
                    {it.flag}
                  </A>
                  <PrerequisiteAnswer
                    prerequisite={it}
                    place={props.place}
                    onChange={(next) => set(props.flag.prerequisites.map((other) => (other.flag === it.flag ? next : other)))}
                  />
                  <IconButton
                    label={`Take out ${it.flag}`}
                    icon={<X size={14} aria-hidden="true" />}
                    danger
                    onClick={() => set(props.flag.prerequisites.filter((other) => other.flag !== it.flag))}
                  />
                </li>
              )}
            </For>
          </ul>
        </Show>
        <Show when={isAdding()}>
          <AddPrerequisite
            flag={props.flag}
            place={props.place}
            busy={props.writes.isBusy()}
            onAdd={(it) => set([...props.flag.prerequisites, it])}
            onClose={() => {
              setRefusal(undefined);
              setAdding(false);
            }}
          />
        </Show>
        <Show when={props.flag.dependents.length > 0}>
          <div class="border-t border-line pt-3">
            <h3 class="text-12 font-medium">Required by</h3>
            <ul class="mt-1 flex flex-col gap-1" aria-label="Required by">
              <For each={props.flag.dependents}>
                {(it) => (
                  <li class="flex min-h-6 flex-wrap items-center gap-x-2">
                    <A href={pageOf(it.flag)} class="font-mono text-code font-medium wrap-anywhere hover:underline">
                      {it.flag}
                    </A>
                    <span class="text-muted">only while this is {requirementWords(it)}</span>
                    <Show when={it.isArchived}>
                      <Chip>archived</Chip>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </div>
        </Show>
      </div>
    </Section>
  );
}
