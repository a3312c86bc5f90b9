import { A, useSearchParams } from "@solidjs/router";
import Search from "lucide-solid/icons/search";
import type { JSX } from "solid-js";
import { createMemo, createSignal, For, Show } from "solid-js";
import { placePath } from "../../lib/place.ts";
import { usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { cx } from "../../ui/cx.ts";
import { TextInput } from "../../ui/inputs.tsx";
import { EmptyState, NothingFound } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { QuestionDialog } from "../shell/index.ts";
import { OverrideDialog } from "./OverrideDialog.tsx";
import type { Identity, Outcome } from "./reasons.ts";
import { answerText, reasonText } from "./reasons.ts";
import { createOverrideEdits } from "./use-identity.ts";
import { WhyDialog } from "./WhyDialog.tsx";

/** Every flag: what the identity gets, why, and the way to set it apart. */
export function Outcomes(props: { readonly identity: Identity }): JSX.Element {
  const [params, setParams] = useSearchParams();
  const edits = createOverrideEdits(() => props.identity);
  const [editing, setEditing] = createSignal<Outcome>();
  const query = () => (typeof params.q === "string" ? params.q : "");
  const why = () => props.identity.outcomes.find(({ flag }) => flag === params.why)?.flag;
  const search = (q: string) => setParams({ q: q === "" ? undefined : q }, { replace: true });
  const found = createMemo(() =>
    props.identity.outcomes.filter(({ flag }) => flag.toLowerCase().includes(query().toLowerCase())),
  );

  return (
    <>
      <Show
        when={props.identity.outcomes.length > 0}
        fallback={<EmptyState title="No flags yet" about="Once the project has flags, what this identity gets stands here." />}
      >
        <div class="pb-2">
          <TextInput
            class="max-w-80"
            type="search"
            label="Find flags"
            placeholder="Find a flag…"
            icon={<Search size={14} />}
            value={query()}
            onInput={search}
          />
        </div>
        <Show when={found().length > 0} fallback={<NothingFound what="flags" onClear={() => search("")} />}>
          <Table label="What this identity gets" class="-mx-4 w-[calc(100%+32px)]!">
            <TableHead>
              <Header>Flag</Header>
              <Header>Gets</Header>
              <Header class="max-desk:hidden">Why</Header>
              <Header hidden align="right">
                Override
              </Header>
            </TableHead>
            <tbody>
              <For each={found()}>
                {(outcome) => (
                  <OutcomeRow
                    outcome={outcome}
                    onOverride={() => {
                      edits.clear();
                      setEditing(outcome);
                    }}
                    onRemove={() => edits.remove(outcome.flag)}
                    onWhy={() => setParams({ why: outcome.flag })}
                  />
                )}
              </For>
            </tbody>
          </Table>
        </Show>
      </Show>
      <Show when={editing()} keyed fallback={<QuestionDialog questions={edits.questions} />}>
        {(outcome) => (
          <OverrideDialog identity={props.identity} outcome={outcome} edits={edits} onClose={() => setEditing(undefined)} />
        )}
      </Show>
      <Show when={why()} keyed>
        {(flag) => <WhyDialog identity={props.identity} flag={flag} onClose={() => setParams({ why: undefined })} />}
      </Show>
    </>
  );
}

interface OutcomeRowProps {
  readonly outcome: Outcome;
  readonly onOverride: () => void;
  readonly onRemove: () => void;
  readonly onWhy: () => void;
}

function OutcomeRow(props: OutcomeRowProps) {
  const place = usePlace();
  const isOwn = () => props.outcome.source === "identity";
  const reason = () => reasonText(props.outcome);

  return (
    <Row quiet={!props.outcome.enabled}>
      <Cell class="w-2/5 max-w-0 max-desk:w-1/2">
        <A
          href={placePath({ ...place(), page: `flags/${props.outcome.flag}` })}
          class="block truncate font-mono text-code font-medium text-ink hover:underline"
        >
          {props.outcome.flag}
        </A>
        <span class="block truncate text-12 text-muted desk:hidden">{reason()}</span>
      </Cell>
      <Cell class="w-1/4 max-w-0">
        <span
          title={answerText(props.outcome)}
          class={cx(
            "block truncate",
            props.outcome.valueType === "boolean" ? "font-medium" : "font-mono text-code",
            props.outcome.enabled && props.outcome.valueType === "boolean" && "text-on",
          )}
        >
          {answerText(props.outcome)}
        </span>
      </Cell>
      <Cell class="max-w-0 max-desk:hidden" title={reason()}>
        <Show when={isOwn()} fallback={<span class="block truncate text-muted">{reason()}</span>}>
          <Chip tone="accent">{reason()}</Chip>
        </Show>
      </Cell>
      <Cell align="right" class="w-px whitespace-nowrap">
        <Show when={isOwn()}>
          <Button
            size="small"
            kind="quiet"
            aria-label={`Remove the override of ${props.outcome.flag}`}
            onClick={() => props.onRemove()}
          >
            Remove
          </Button>
        </Show>
        <Button size="small" kind="quiet" aria-label={`Why ${props.outcome.flag}`} onClick={() => props.onWhy()}>
          Why
        </Button>
        <Button size="small" kind="quiet" aria-label={`Override ${props.outcome.flag}`} onClick={() => props.onOverride()}>
          {isOwn() ? "Edit" : "Override"}
        </Button>
      </Cell>
    </Row>
  );
}
