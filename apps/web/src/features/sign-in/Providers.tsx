import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { signInWith } from "../../lib/auth.ts";
import { errorMessage } from "../../lib/errors.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";

interface ProvidersProps {
  readonly methods: OutputOf<"account.signInMethods">;
  /** Where to go afterwards. */
  readonly next: string;
}

/** A button for every other place one can sign in with; nothing where there is none. */
export function Providers(props: ProvidersProps): JSX.Element {
  const [busy, setBusy] = createSignal<string>();
  const [failure, setFailure] = createSignal<string>();
  const leave = async (id: string) => {
    setBusy(id);
    setFailure(undefined);
    try {
      await signInWith(id, props.next);
    } catch (error) {
      setFailure(errorMessage(error));
      setBusy(undefined);
    }
  };

  return (
    <Show when={props.methods.providers.length > 0}>
      <div class="flex flex-col gap-2">
        <div class="flex items-center gap-3 text-12 text-muted" aria-hidden="true">
          <span class="h-px flex-1 bg-line" />
          or
          <span class="h-px flex-1 bg-line" />
        </div>
        <Show when={failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
        <For each={props.methods.providers}>
          {(provider) => (
            <Button busy={busy() === provider.id} onClick={() => void leave(provider.id)}>
              {`Sign in with ${provider.name}`}
            </Button>
          )}
        </For>
      </div>
    </Show>
  );
}
