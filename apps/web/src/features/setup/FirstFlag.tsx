import { A } from "@solidjs/router";
import ArrowRight from "lucide-solid/icons/arrow-right";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { createLive } from "../../lib/live.ts";
import { placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { snippetsOf } from "../keys/index.ts";
import type { SetupPlace } from "./use-setup.ts";

/** The flag to raise, and the code that sees it rise. */
export function FirstFlag(props: { readonly place: SetupPlace }): JSX.Element {
  const at = () => ({
    organisation: props.place.organisation,
    project: props.place.project,
    environment: props.place.environment,
  });
  const flag = () => props.place.flag ?? "";
  createLive({ project: at });
  const [wanted, setWanted] = createSignal<boolean>();
  const detail = createApiQuery(() => ({ path: "flags.get", input: { ...at(), flag: flag() }, enabled: flag() !== "" }));
  const keys = createApiQuery(() => ({ path: "environmentKeys.list", input: at() }));
  const raise = createAct({ path: "flags.setEnabled", touches: ["flags"] });
  const isOn = () => wanted() ?? detail.data?.state.enabled ?? false;
  const snippets = () => {
    const key = keys.data?.find(({ kind, revokedAt }) => kind === "client" && revokedAt === null)?.preview;
    if (key === undefined) return undefined;
    const all = snippetsOf({ origin: location.origin, clientKey: key, serverKey: "", flag: flag() || "new-checkout" });
    return { browser: all.find(({ id }) => id === "browser")?.code ?? "", curl: all.find(({ id }) => id === "curl")?.code ?? "" };
  };
  const set = async (enabled: boolean) => {
    setWanted(enabled);
    await raise.run({ ...at(), flag: flag(), enabled });
    detail.refetch();
    setWanted(undefined);
  };
  const sentence = () => {
    if (!isOn()) return "Pull the rope: click the flag.";
    return `Raised in ${props.place.environment}. Connected clients hear of it now, as v${detail.data?.version ?? ""}.`;
  };

  return (
    <>
      <div class="flex min-w-0 flex-col gap-4">
        <div>
          <h1 class="text-28 font-semibold tracking-[-0.02em]">{isOn() ? "It flies" : "Watch it rise"}</h1>
          <p class="mt-1 text-14 text-muted">
            Paste this into a page, or the second one into a terminal. The flag's state arrives there the moment you raise it.
          </p>
        </div>
        <Show when={snippets()}>
          {(code) => (
            <>
              <CodeBlock title="flags.ts · npm install @halyard/sdk" code={code().browser} />
              <CodeBlock title="shell" code={code().curl.split("\n")[0] ?? ""} />
            </>
          )}
        </Show>
        <A href={placePath({ ...at(), page: "flags" })} class={`${buttonClass("primary", "medium")} self-start`}>
          Open the dashboard
          <ArrowRight size={14} aria-hidden="true" />
        </A>
      </div>
      <Show when={flag() !== ""}>
        <section
          aria-label="Your first flag"
          class="flex min-w-0 flex-col items-center justify-center gap-4 rounded-3 bg-sunken p-8 text-center max-desk:order-first"
        >
          <Switch size="hero" label={flag()} on={isOn()} pending={raise.isBusy()} onChange={(enabled) => void set(enabled)} />
          <p class="max-w-full truncate font-mono text-14 font-medium">{flag()}</p>
          <p class="text-muted" aria-live="polite">
            {sentence()}
          </p>
          <Show when={raise.error()}>{(error) => <Notice tone="danger">{errorMessage(error())}</Notice>}</Show>
        </section>
      </Show>
    </>
  );
}
