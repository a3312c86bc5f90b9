import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, For } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import type { Scheme } from "../../lib/scheme.ts";
import { chooseScheme, SCHEMES, scheme } from "../../lib/scheme.ts";
import { createRequiredSession, useSignOut } from "../../lib/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { areSingleKeysOn, setSingleKeysOn } from "../../ui/create-shortcuts.ts";
import { ListState } from "../../ui/ListState.tsx";
import { PageHeader, Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { PlainFrame } from "../frame/index.ts";

const SCHEME_NAMES: Record<Scheme, string> = { system: "Like the system", light: "Light", dark: "Dark" };

/** Who one is here, and how the pages behave in this browser. */
export function AccountPage(): JSX.Element {
  const session = createRequiredSession();
  const signOut = useSignOut();
  const [isBusy, setBusy] = createSignal(false);
  const leave = async () => {
    setBusy(true);
    try {
      await signOut();
    } catch (error) {
      showToast({ title: "Still signed in", about: errorMessage(error), tone: "danger" });
    } finally {
      setBusy(false);
    }
  };

  return (
    <PlainFrame>
      <div class="mx-auto max-w-[var(--measure)] pb-12">
        <PageHeader title="Account" />
        <ListState
          kind={session.me() ? "ready" : session.state() === "unreachable" ? "error" : "loading"}
          what="account"
          error={errorMessage(session.error())}
          onRetry={session.retry}
          empty={null}
        >
          <div class="flex flex-col gap-4 px-4">
            <Section
              title="You"
              actions={
                <Button size="small" busy={isBusy()} onClick={() => void leave()}>
                  Sign out
                </Button>
              }
            >
              <div class="flex items-center gap-3">
                <Avatar name={session.me()?.name ?? "?"} large />
                <div class="min-w-0">
                  <p class="truncate font-medium">{session.me()?.name}</p>
                  <p class="truncate text-muted">{session.me()?.email}</p>
                </div>
              </div>
              <ul class="mt-3 border-t border-line">
                <For each={session.me()?.organisations}>
                  {(organisation) => (
                    <li class="flex min-h-9 items-center gap-2 border-b border-line last:border-0">
                      <A href={`/${organisation.slug}/~/members`} class="min-w-0 flex-1 truncate hover:underline">
                        {organisation.name}
                      </A>
                      <Chip tone={organisation.role === "owner" ? "accent" : "neutral"}>{organisation.role ?? "by grants"}</Chip>
                    </li>
                  )}
                </For>
              </ul>
            </Section>
            <Section title="In this browser">
              <label class="flex items-start gap-2.5 py-1.5">
                <input
                  type="checkbox"
                  class="mt-1"
                  checked={areSingleKeysOn()}
                  onChange={(event) => setSingleKeysOn(event.currentTarget.checked)}
                />
                <span>
                  <span class="block font-medium">Keyboard shortcuts of one key</span>
                  <span class="block text-12 text-muted">
                    Such as c, / and g f. Off helps where speech or a cat types. ⌘ and Ctrl work either way.
                  </span>
                </span>
              </label>
              <fieldset class="pt-2">
                <legend class="pb-1 text-12 font-medium">Theme</legend>
                <div class="flex flex-wrap gap-x-5 gap-y-1">
                  <For each={SCHEMES}>
                    {(name) => (
                      <label class="flex items-center gap-2 max-desk:min-h-11">
                        <input type="radio" name="scheme" checked={scheme() === name} onChange={() => chooseScheme(name)} />
                        {SCHEME_NAMES[name]}
                      </label>
                    )}
                  </For>
                </div>
              </fieldset>
            </Section>
          </div>
        </ListState>
      </div>
    </PlainFrame>
  );
}
