import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { listKind } from "../../lib/list-kind.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { ListState } from "../../ui/ListState.tsx";
import { Section } from "../../ui/Page.tsx";

const SIGN_UP = {
  open: "Anybody may make an account here.",
  invited: "Whoever was invited by mail may make an account here.",
  closed: "Nobody may make an account here; members are added with a first password, or come by a provider.",
} as const;

/** What the whole server is set up with: to be read here, and changed where it runs. */
export function SignInMethods(): JSX.Element {
  const methods = createApiQuery(() => ({ path: "account.signInMethods", input: undefined }));

  return (
    <Section title="Signing in" about="Holds for the whole server. Whoever runs it changes it by its environment variables.">
      <ListState
        kind={listKind(methods, { count: methods.data ? 1 : 0 })}
        what="sign-in methods"
        error={errorMessage(methods.error)}
        onRetry={methods.refetch}
        empty={null}
      >
        <Show when={methods.data}>
          {(known) => (
            <ul class="flex list-disc flex-col gap-1 pl-5">
              <li>E-mail and password.</li>
              <For each={known().providers}>{(provider) => <li>{provider.name}.</li>}</For>
              <li>
                {SIGN_UP[known().signUp]} <code class="font-mono text-code text-muted">HALYARD_SIGN_UP</code>
              </li>
              <li>
                {known().mailIsSent ? "Mail is sent." : "Mail is written to the server’s log only."}{" "}
                <code class="font-mono text-code text-muted">HALYARD_SMTP_URL</code>
              </li>
              <Show when={known().providers.length === 0}>
                <li>
                  No provider yet: set <code class="font-mono text-code">HALYARD_OIDC_ISSUER</code> or{" "}
                  <code class="font-mono text-code">HALYARD_GITHUB_CLIENT_ID</code> and what belongs to it.
                </li>
              </Show>
            </ul>
          )}
        </Show>
      </ListState>
    </Section>
  );
}
