import { A } from "@solidjs/router";
import ArrowLeft from "lucide-solid/icons/arrow-left";
import type { JSX } from "solid-js";
import { createMemo, For, Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { placePath } from "../../lib/place.ts";
import { Chip, Tag } from "../../ui/Chip.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { actorName } from "../history/index.ts";
import type { Environment } from "../shell/index.ts";
import type { FlagDetail, ValueType } from "./flag.ts";
import { stageOf } from "./lifecycle.ts";
import { flagSentence } from "./sentences.ts";
import type { FlagSwitching } from "./use-flag-switch.ts";

interface FlagHeaderProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly environment: Environment | undefined;
  readonly switching: FlagSwitching;
}

const TYPES: Readonly<Record<ValueType, string>> = { boolean: "on or off", string: "text", number: "number", json: "JSON" };

export function FlagHeader(props: FlagHeaderProps): JSX.Element {
  const stage = createMemo(() => stageOf(props.flag, props.flag.environment, Date.now()));
  const isArchived = () => props.flag.archivedAt !== null;

  return (
    <header class="flex flex-col gap-3 pt-3 pb-4">
      <A
        href={placePath({ ...props.place, page: "flags" })}
        class="inline-flex items-center gap-1 self-start rounded-1 text-12 text-muted hover:text-ink"
      >
        <ArrowLeft size={12} aria-hidden="true" />
        Flags
      </A>
      <div class="flex items-start gap-3">
        <Switch
          size="page"
          on={props.flag.state.enabled}
          pending={props.switching.isPending(props.flag.key)}
          readOnly={isArchived()}
          label={`${props.flag.key} in ${props.environment?.name ?? props.place.environment}`}
          onChange={(on) => props.switching.set([props.flag], on)}
        />
        <div class="min-w-0 flex-1">
          <div class="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            <h1 class="min-w-0 font-mono text-16 font-semibold break-all">{props.flag.key}</h1>
            <CopyButton text={props.flag.key} label="Copy key" />
            <Chip>{TYPES[props.flag.valueType]}</Chip>
            <Show when={props.flag.serverOnly}>
              <Chip title="Never sent to browsers and apps">server-only</Chip>
            </Show>
            <Show when={stage()}>
              {(it) => (
                <Chip tone={it().tone} title={it().why}>
                  {it().word}
                </Chip>
              )}
            </Show>
            <For each={props.flag.tags}>{(tag) => <Tag name={tag} />}</For>
          </div>
          <p class="mt-1 text-14">{flagSentence(props.flag)}.</p>
        </div>
      </div>
      <Show when={props.flag.description}>
        <p class="max-w-[var(--measure)] text-muted">{props.flag.description}</p>
      </Show>
      <Show when={props.flag.lastChange}>
        {(last) => (
          <p class="text-12 text-faint">
            Changed by {actorName(last().actor)} <RelativeTime at={last().at} class="text-faint" /> in{" "}
            <span class="font-mono">v{last().version}</span>
          </p>
        )}
      </Show>
      <Show when={isArchived()}>
        <Notice>Archived: it answers nobody. Restore it under Settings to change it.</Notice>
      </Show>
    </header>
  );
}
