import { A, useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Match, Show, Switch } from "solid-js";
import { toErrorBody } from "../../lib/errors.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Switch as Halyard } from "../../ui/Switch.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { BareFrame } from "../frame/index.ts";
import { FirstFlag } from "./FirstFlag.tsx";
import { SetupForm } from "./SetupForm.tsx";
import { createSetup } from "./use-setup.ts";

/** The first screen of a new server: from nobody to a raised flag. */
export function SetupPage(): JSX.Element {
  const [params] = useSearchParams();
  const token = () => (typeof params.token === "string" ? params.token : "");
  const setup = createSetup();
  const status = createApiQuery(() => ({ path: "setup.status", input: undefined }));
  const isUsed = () => setup.place() === undefined && status.data?.needed === false;
  const isRefused = () => setup.error() !== undefined && toErrorBody(setup.error()).code === "forbidden";

  return (
    <BareFrame>
      <Switch
        fallback={
          <div class="mx-auto grid max-w-240 gap-8 px-4 py-10 desk:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] max-desk:py-4">
            <Show when={setup.place()} fallback={<SetupForm setup={setup} token={token()} />}>
              {(place) => <FirstFlag place={place()} />}
            </Show>
            <Show when={!setup.place()}>
              <div
                class="flex flex-col items-center justify-center gap-4 rounded-3 bg-sunken p-8 text-center max-desk:hidden"
                aria-hidden="true"
              >
                <Halyard size="hero" on={false} readOnly disabled label="Your first flag" />
                <p class="max-w-full truncate font-mono text-14 font-medium">{setup.form().flag || "your first flag"}</p>
                <p class="text-muted">Waits to be raised.</p>
              </div>
            </Show>
          </div>
        }
      >
        <Match when={status.isPending && !setup.place()}>
          <Skeleton label="Looking whether this server is new" />
        </Match>
        <Match when={isUsed()}>
          <EmptyState
            isPage
            title="This server is set up already"
            about="The link worked once. Sign in with the account it made, or ask its administrator to add you."
            actions={
              <A href="/~/sign-in" class={buttonClass("primary", "medium")}>
                Sign in
              </A>
            }
          />
        </Match>
        <Match when={token() === "" || isRefused()}>
          <EmptyState
            isPage
            title={token() === "" ? "Open the link that Halyard printed" : "This set-up link does not fit"}
            about="The server prints a link with a token when it starts. It is good until somebody used it; copy it whole, to the last letter."
          >
            <CodeBlock
              title="where to find it"
              code={`# in the terminal that runs Halyard, or in its log:\ndocker compose logs halyard | grep setup`}
            />
          </EmptyState>
        </Match>
      </Switch>
    </BareFrame>
  );
}
