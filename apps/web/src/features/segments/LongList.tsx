import { LIMITS } from "@halyard/contracts";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { createQuestions } from "../../lib/create-question.ts";
import { errorMessage } from "../../lib/errors.ts";
import { createApiPages } from "../../lib/queries.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Tag } from "../../ui/Chip.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { showToast } from "../../ui/toast.tsx";
import { createEnvironments, isAnyCareful, QuestionDialog, reachWords } from "../shell/index.ts";
import { ListFile } from "./ListFile.tsx";
import type { EditBatch } from "./list-batches.ts";
import { batchesOf, editWords } from "./list-batches.ts";
import { membersIn } from "./operators.ts";
import type { LongListPlace } from "./rules-context.ts";

interface LongListProps {
  readonly label: string;
  readonly list: LongListPlace;
}

const number = new Intl.NumberFormat("en");
const SHOWN = 30;

/** A list too long to come along: found in and edited where it is; only what is added and removed travels. */
export function LongList(props: LongListProps): JSX.Element {
  const place = usePlace();
  const environments = createEnvironments(place);
  const questions = createQuestions(() => isAnyCareful(environments.all()));
  const [text, setText] = createSignal("");
  const [added, setAdded] = createSignal<ReadonlySet<string>>(new Set());
  const [removed, setRemoved] = createSignal<ReadonlySet<string>>(new Set());
  const of = () => ({ ...projectOf(place()), segment: props.list.segment, path: [...props.list.path] });
  const pages = createApiPages(() => ({
    path: "segments.listItems",
    input: { ...of(), limit: SHOWN, ...(text().trim() !== "" && { q: text().trim() }) },
  }));
  const edit = createAct({
    path: "segments.editList",
    touches: ["segments", "flags", "revisions", "evaluations"],
    refused: (error) => showToast({ tone: "danger", title: "The list was not changed", about: errorMessage(error) }),
  });
  const wish = () => ({ added: [...added()], removed: [...removed()] });
  const isChanged = () => added().size + removed().size > 0;
  const without = (set: ReadonlySet<string>, item: string) => new Set([...set].filter((other) => other !== item));
  const clear = () => {
    setAdded(new Set<string>());
    setRemoved(new Set<string>());
  };
  const add = (typed: string) => {
    const items = membersIn(typed);
    setAdded(new Set([...added(), ...items]));
    setRemoved(new Set([...removed()].filter((item) => !items.includes(item))));
    setText("");
  };
  const save = async (batches: readonly EditBatch[]) => {
    for (const batch of batches) if (!(await edit.run({ ...of(), added: [...batch.added], removed: [...batch.removed] }))) return;
    clear();
    showToast({ title: "The list is changed", about: "Every environment has it now." });
  };
  const ask = () =>
    questions.ask({
      title: `Change this list of ${props.list.segment}?`,
      consequence: `It ${editWords(wish())}, in ${reachWords(environments.all())}.`,
      verb: "Change list",
      act: () => void save(batchesOf(wish(), LIMITS.listEdit)),
    });

  return (
    <div class="flex min-w-0 flex-col gap-2 rounded-2 p-2 shadow-[inset_0_0_0_1px_var(--line)]">
      <TextInput
        label={`${props.label}: find or add`}
        placeholder="Find or add…"
        value={text()}
        onInput={setText}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          add(text());
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData?.getData("text/plain") ?? "";
          if (!/[\n,\t]/.test(pasted)) return;
          event.preventDefault();
          add(pasted);
        }}
      />
      <div class="flex max-h-40 flex-wrap gap-1 overflow-y-auto" role="group" aria-label={props.label}>
        <For each={pages.items.filter((item) => !removed().has(item))}>
          {(item) => <Tag name={item} onRemove={() => setRemoved(new Set([...removed(), item]))} />}
        </For>
        <Show when={pages.hasMore}>
          <Button size="small" kind="quiet" busy={pages.isLoadingMore} onClick={() => pages.loadMore()}>
            More
          </Button>
        </Show>
        <Show when={pages.items.length === 0 && !pages.isFetching}>
          <span class="text-12 text-muted">Not in the list; Enter adds it.</span>
        </Show>
      </div>
      <p class="flex flex-wrap items-center gap-x-3 text-12 text-muted">
        <span class="tabular-nums">{number.format(props.list.count)} members</span>
        <ListFile label={`${props.label}: add from a file`} onText={add} />
      </p>
      <Show when={isChanged()}>
        <div class="flex flex-col gap-2 border-t border-line pt-2">
          <p class="text-12">
            It {editWords(wish())}.{" "}
            <Show when={props.list.isLocked}>
              <span class="text-muted">Save or discard the other changes first.</span>
            </Show>
          </p>
          <div class="flex flex-wrap gap-1">
            <For each={[...added()].slice(0, SHOWN)}>
              {(item) => <Tag name={`+ ${item}`} onRemove={() => setAdded(without(added(), item))} />}
            </For>
          </div>
          <div class="flex gap-2">
            <Button size="small" kind="primary" disabled={props.list.isLocked} busy={edit.isBusy()} onClick={ask}>
              Change list
            </Button>
            <Button size="small" onClick={clear}>
              Discard
            </Button>
          </div>
        </div>
      </Show>
      <QuestionDialog questions={questions} />
    </div>
  );
}
