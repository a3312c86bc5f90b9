import { A, useNavigate, useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createEffect, createSignal, Show } from "solid-js";
import { createApiQuery } from "../../lib/queries.ts";
import { createSession, FORGOT, SETUP, SIGN_UP, safeNext } from "../../lib/session.ts";
import { Notice } from "../../ui/Notice.tsx";
import { EntryPage } from "../frame/index.ts";
import { CodeForm } from "./CodeForm.tsx";
import { refusalWords } from "./entry-words.ts";
import { PasswordForm } from "./PasswordForm.tsx";
import { Providers } from "./Providers.tsx";

const wordOf = (value: string | string[] | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** Password, another place, and for those who have one the second factor. */
export function SignInPage(): JSX.Element {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const session = createSession();
  const status = createApiQuery(() => ({ path: "setup.status", input: undefined }));
  const methods = createApiQuery(() => ({ path: "account.signInMethods", input: undefined }));
  // Whoever comes back from a provider is asked for the code here, too.
  const [needsCode, setNeedsCode] = createSignal(params.step === "code");
  const next = () => safeNext(wordOf(params.next));
  const enter = () => navigate(next(), { replace: true });

  createEffect(() => {
    if (session.state() === "in") enter();
  });
  createEffect(() => {
    if (status.data?.needed) navigate(SETUP, { replace: true });
  });

  return (
    <Show
      when={needsCode()}
      fallback={
        <EntryPage title="Sign in">
          <Show when={wordOf(params.error)}>{(code) => <Notice tone="danger">{refusalWords(code())}</Notice>}</Show>
          <Show when={params.confirmed === "1" && params.error === undefined}>
            <Notice>Your address is confirmed. Sign in with it.</Notice>
          </Show>
          <Show when={params.changed === "1"}>
            <Notice>Your new password is set. Sign in with it.</Notice>
          </Show>
          <PasswordForm onIn={enter} onNeedsCode={() => setNeedsCode(true)} />
          <Show when={methods.data}>{(known) => <Providers methods={known()} next={next()} />}</Show>
          <p class="flex flex-wrap justify-between gap-x-4 gap-y-1 text-12 text-muted">
            <A href={FORGOT} class="underline hover:text-ink max-desk:py-3">
              Forgot your password?
            </A>
            <Show when={methods.data?.signUp === "open"} fallback={<span>No account? Ask an administrator to invite you.</span>}>
              <A href={SIGN_UP} class="underline hover:text-ink max-desk:py-3">
                Make an account
              </A>
            </Show>
          </p>
        </EntryPage>
      }
    >
      <EntryPage title="One more step">
        <CodeForm onIn={enter} onBack={() => setNeedsCode(false)} />
      </EntryPage>
    </Show>
  );
}
