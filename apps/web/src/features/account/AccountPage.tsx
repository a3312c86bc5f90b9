import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind } from "../../lib/list-kind.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createRequiredSession, useSignOut } from "../../lib/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { PageHeader, Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { PlainFrame } from "../frame/index.ts";
import { BrowserSection } from "./BrowserSection.tsx";
import { DeleteSection } from "./DeleteSection.tsx";
import { LinkedSection } from "./LinkedSection.tsx";
import { PasswordSection } from "./PasswordSection.tsx";
import { ProfileSection } from "./ProfileSection.tsx";
import { SessionsSection } from "./SessionsSection.tsx";
import { TwoFactorSection } from "./TwoFactorSection.tsx";

/** Who one is here, and how the pages behave in this browser. */
export function AccountPage(): JSX.Element {
  const session = createRequiredSession();
  const signOut = useSignOut();
  const profile = createApiQuery(() => ({ path: "account.profile", input: undefined, enabled: session.me() !== undefined }));
  const kind = () => {
    if (session.me()) return listKind(profile, { count: profile.data ? 1 : 0 });
    return session.state() === "unreachable" ? "error" : "loading";
  };
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
          kind={kind()}
          what="account"
          error={errorMessage(session.error() ?? profile.error)}
          onRetry={session.me() ? profile.refetch : session.retry}
          empty={null}
        >
          <div class="flex flex-col gap-4 px-4">
            <Section
              title="Your organisations"
              actions={
                <Button size="small" busy={isBusy()} onClick={() => void leave()}>
                  Sign out
                </Button>
              }
            >
              <ul>
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
            <Show when={profile.data}>
              {(own) => (
                <>
                  <ProfileSection profile={own()} />
                  <PasswordSection profile={own()} />
                  <TwoFactorSection profile={own()} />
                  <SessionsSection />
                  <LinkedSection profile={own()} />
                </>
              )}
            </Show>
            <BrowserSection />
            <Show when={profile.data}>{(own) => <DeleteSection profile={own()} />}</Show>
          </div>
        </ListState>
      </div>
    </PlainFrame>
  );
}
