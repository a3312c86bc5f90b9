import { useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Section } from "../../ui/Page.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import type { Snippet } from "./snippets.ts";
import { snippetsOf } from "./snippets.ts";

interface ConnectProps {
  readonly clientKey: string;
  /** The beginning of a server key in force, if there is one. */
  readonly serverKey?: string | undefined;
}

/** Code to paste, for each kind of program; the chosen one stands in the address. */
export function Connect(props: ConnectProps): JSX.Element {
  const place = usePlace();
  const [params, setParams] = useSearchParams();
  const flags = createApiQuery(() => ({ path: "flags.list", input: { ...inputOf(place()), limit: 1 } }));
  const snippets = () =>
    snippetsOf({
      origin: location.origin,
      clientKey: props.clientKey,
      serverKey: props.serverKey ?? "ser.… – make one first",
      flag: flags.data?.items[0]?.key ?? "new-checkout",
    });
  const current = () => snippets().find(({ id }) => id === params.for)?.id ?? "browser";

  return (
    <Section title="Connect" about="Address and key are filled in.">
      <Tabs
        label="Kind of program"
        value={current()}
        onChange={(id) => setParams({ for: id }, { replace: true })}
        tabs={snippets().map((snippet) => ({
          value: snippet.id,
          label: snippet.name,
          panel: () => <SnippetPanel snippet={snippet} />,
        }))}
      />
    </Section>
  );
}

function SnippetPanel(props: { readonly snippet: Snippet }) {
  return (
    <div class="flex flex-col gap-3">
      <p class="text-muted">{props.snippet.about}</p>
      <Show when={props.snippet.install}>{(install) => <CodeBlock title="shell" code={install()} />}</Show>
      <CodeBlock title={props.snippet.file} code={props.snippet.code} />
    </div>
  );
}
