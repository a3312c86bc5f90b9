import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createMemo, For, Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { inEnvironment, placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { AvatarStack } from "../../ui/Avatar.tsx";
import { Chip, Tag } from "../../ui/Chip.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Sparkline } from "../../ui/Sparkline.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { Cell, Row } from "../../ui/Table.tsx";
import { actorName } from "../history/index.ts";
import type { Environment } from "../shell/index.ts";
import type { FlagSummary } from "./flag.ts";
import { stateIn } from "./flag.ts";
import { stageOf } from "./lifecycle.ts";
import { Pennant } from "./Pennant.tsx";
import { flagSentence, summarySentence } from "./sentences.ts";
import { usageWords } from "./usage.ts";

interface FlagRowProps {
  readonly flag: FlagSummary;
  readonly place: Place;
  readonly environment: Environment | undefined;
  readonly others: readonly Environment[];
  readonly usage: readonly number[] | undefined;
  readonly pending: boolean;
  readonly selected: boolean;
  /** The one row that Tab reaches. */
  readonly current: boolean;
  readonly onFocus: () => void;
  readonly onSwitch: (enabled: boolean) => void;
}

export function FlagRow(props: FlagRowProps): JSX.Element {
  const state = () => stateIn(props.flag, props.place.environment);
  const isOn = () => state()?.enabled ?? false;
  const isArchived = () => props.flag.archivedAt !== null;
  const here = (): Place => ({ ...props.place, page: `flags/${props.flag.key}` });
  const stage = createMemo(() => stageOf(props.flag, props.place.environment, Date.now()));
  const sentence = createSentence(
    () => props.flag,
    () => props.place,
  );

  return (
    <Row
      data-key={props.flag.key}
      tabindex={props.current ? "0" : "-1"}
      quiet={!isOn() || isArchived()}
      selected={props.selected}
      onFocusIn={() => props.onFocus()}
    >
      <Cell class="w-9 pr-0">
        <Switch
          on={isOn()}
          pending={props.pending}
          readOnly={isArchived()}
          label={`${props.flag.key} in ${props.environment?.name ?? props.place.environment}`}
          onChange={(on) => props.onSwitch(on)}
        />
      </Cell>
      <Cell class="max-w-72 max-desk:w-full max-desk:max-w-0">
        <A
          href={placePath(here())}
          title={props.flag.description || props.flag.key}
          class="block truncate rounded-1 font-mono text-code font-medium text-ink hover:underline max-desk:py-1"
        >
          {props.flag.key}
        </A>
        <span class="block truncate text-12 text-muted desk:hidden">{sentence()}</span>
      </Cell>
      <Cell class="w-full max-w-0 max-desk:hidden">
        <div class="flex min-w-0 items-center gap-2">
          <span class="min-w-0 truncate text-muted" title={sentence()}>
            {sentence()}
          </span>
          <span class="ml-auto flex shrink-0 items-center gap-1.5">
            <Show when={stage()}>
              {(it) => (
                <Chip tone={it().tone} title={it().why}>
                  {it().word}
                </Chip>
              )}
            </Show>
            <Show when={props.flag.serverOnly}>
              <Chip title="Never sent to browsers and apps">server-only</Chip>
            </Show>
            <Show when={state()?.flagsmithExact === false}>
              <Chip title="Off for Flagsmith’s SDKs in local evaluation: their document cannot say it">not in Flagsmith</Chip>
            </Show>
            <For each={props.flag.tags}>{(tag) => <Tag name={tag} />}</For>
          </span>
        </div>
      </Cell>
      <For each={props.others}>
        {(other) => (
          <Cell class="px-1 text-center max-[1279px]:hidden">
            <Pennant
              on={stateIn(props.flag, other.slug)?.enabled ?? false}
              label={`${props.flag.key} in ${other.name}`}
              href={inEnvironment(here(), other.slug)}
              title={`${other.name}: ${summarySentence(props.flag, other.slug)}`}
            />
          </Cell>
        )}
      </For>
      <Cell class="max-[1279px]:hidden">
        <Show when={props.usage}>{(counts) => <Sparkline values={counts()} label={usageWords(counts())} />}</Show>
      </Cell>
      <Cell class="max-desk:hidden">
        <Show when={props.flag.owners.length > 0}>
          <AvatarStack names={props.flag.owners.map(({ name }) => name)} />
        </Show>
      </Cell>
      <Cell align="right" class="whitespace-nowrap">
        <Show when={props.flag.lastChange} fallback={<span class="text-faint">never</span>}>
          {(last) => (
            <>
              <span class="mr-2 inline-block max-w-32 truncate align-bottom text-muted max-[1099px]:hidden">
                {actorName(last().actor)}
              </span>
              <RelativeTime at={last().at} class="text-muted" />
            </>
          )}
        </Show>
      </Cell>
    </Row>
  );
}

/** Segments have names only in the flag itself; it is asked for where a row in sight needs them. */
function createSentence(flag: () => FlagSummary, place: () => Place): () => string {
  const detail = createApiQuery(() => ({
    path: "flags.get",
    input: { ...inputOf(place()), flag: flag().key },
    enabled: (stateIn(flag(), place().environment)?.segmentOverrides ?? 0) > 0,
    keep: false,
  }));
  const sentence = createMemo(() => (detail.data ? flagSentence(detail.data) : summarySentence(flag(), place().environment)));
  return sentence;
}
