import Check from "lucide-solid/icons/check";
import Pencil from "lucide-solid/icons/pencil";
import Plus from "lucide-solid/icons/plus";
import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { fieldError, formError } from "../../lib/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { readTyped, writeTyped } from "../segments/index.ts";
import type { Identity } from "./reasons.ts";
import { createTraitEdits } from "./use-identity.ts";

/** What is known of somebody; a change shows at once in what they get. */
export function Traits(props: { readonly identity: Identity }): JSX.Element {
  const edits = createTraitEdits(() => props.identity);
  const [editing, setEditing] = createSignal<string>();
  const traits = () => Object.entries(props.identity.traitValues).sort(([a], [b]) => a.localeCompare(b));

  return (
    <section aria-label="Traits" class="flex flex-col gap-1">
      <h2 class="mb-1 text-14 font-semibold">Traits</h2>
      <Show when={traits().length === 0}>
        <p class="text-muted">Nothing is known yet. Clients send traits; you may add one here.</p>
      </Show>
      <ul class="flex flex-col">
        <For each={traits().map(([key]) => key)}>
          {(key) => (
            <li class="group border-b border-line last:border-0">
              <Show
                when={editing() === key}
                fallback={
                  <div class="flex min-h-9 items-center gap-2">
                    <span class="w-2/5 truncate text-muted" title={key}>
                      {key}
                    </span>
                    <span class="min-w-0 flex-1 font-mono text-code wrap-anywhere">
                      {writeTyped(props.identity.traitValues[key] ?? null)}
                    </span>
                    <span class="flex">
                      <IconButton
                        label={`Edit ${key}`}
                        icon={<Pencil size={14} aria-hidden="true" />}
                        onClick={() => setEditing(key)}
                      />
                      <IconButton
                        label={`Remove ${key}`}
                        icon={<X size={14} aria-hidden="true" />}
                        onClick={() => void edits.set(key, null)}
                      />
                    </span>
                  </div>
                }
              >
                <TraitForm
                  traitKey={key}
                  text={writeTyped(props.identity.traitValues[key] ?? null)}
                  onSave={(text) => {
                    setEditing(undefined);
                    void edits.set(key, readTyped(text));
                  }}
                  onCancel={() => setEditing(undefined)}
                />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <NewTrait
        onAdd={(key, text) => edits.set(key, readTyped(text))}
        keyError={fieldError(edits.error(), "key")}
        valueError={fieldError(edits.error(), "value") ?? formError(edits.error(), ["key", "value"])}
      />
    </section>
  );
}

interface TraitFormProps {
  readonly traitKey: string;
  readonly text: string;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}

function TraitForm(props: TraitFormProps) {
  // eslint-disable-next-line solid/reactivity -- what is typed begins from the value as it was
  const [text, setText] = createSignal(props.text);
  return (
    <form
      class="flex min-h-9 items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave(text());
      }}
      onKeyDown={(event) => event.key === "Escape" && props.onCancel()}
    >
      <span class="w-2/5 truncate text-muted">{props.traitKey}</span>
      <TextInput class="flex-1" mono autofocus label={`Value of ${props.traitKey}`} value={text()} onInput={setText} />
      <button
        type="submit"
        aria-label="Save"
        class="grid size-7 shrink-0 place-items-center rounded-2 text-accent hover:bg-accent-soft max-desk:size-11"
      >
        <Check size={14} aria-hidden="true" />
      </button>
    </form>
  );
}

interface NewTraitProps {
  readonly onAdd: (key: string, text: string) => Promise<boolean>;
  readonly keyError: string | undefined;
  readonly valueError: string | undefined;
}

function NewTrait(props: NewTraitProps) {
  const [key, setKey] = createSignal("");
  const [text, setText] = createSignal("");
  const add = async () => {
    if (!(await props.onAdd(key(), text()))) return;
    setKey("");
    setText("");
  };

  return (
    <form
      class="mt-1 flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class="flex items-center gap-2">
        <TextInput class="w-2/5" label="New trait" placeholder="plan" value={key()} onInput={setKey} />
        <TextInput class="flex-1" mono label="Value of the new trait" placeholder="pro" value={text()} onInput={setText} />
        <Button type="submit" size="small" icon={<Plus size={14} aria-hidden="true" />} disabled={key().trim() === ""}>
          Add
        </Button>
      </div>
      <Show when={props.keyError ?? props.valueError}>
        {(error) => (
          <p role="alert" class="text-12 text-danger">
            {error()}
          </p>
        )}
      </Show>
      <p class="text-12 text-faint">Numbers, true and false are read as such; write "12" for text.</p>
    </form>
  );
}
