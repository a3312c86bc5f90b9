import { A } from "@solidjs/router";
import ArrowDown from "lucide-solid/icons/arrow-down";
import ArrowUp from "lucide-solid/icons/arrow-up";
import Pencil from "lucide-solid/icons/pencil";
import Trash from "lucide-solid/icons/trash";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { placePath } from "../../lib/place.ts";
import { cx } from "../../ui/cx.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import type { FlagDetail, SegmentOverride } from "./flag.ts";
import { SaveLine } from "./SaveLine.tsx";
import { StateEditor } from "./StateEditor.tsx";
import { removingRule, settingRule } from "./segment-rule-writes.ts";
import { stateWords } from "./sentences.ts";
import type { FlagWrites } from "./use-flag-writes.ts";
import { createStateDraft } from "./use-state-draft.ts";

interface SegmentRuleProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly writes: FlagWrites;
  readonly rule: SegmentOverride;
  readonly index: number;
  readonly isLast: boolean;
  readonly onMove: (by: number) => void;
}

export function SegmentRule(props: SegmentRuleProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const draft = createStateDraft(
    () => props.flag,
    () => props.rule,
  );
  const wish = () => ({ flag: props.flag, place: props.place, segment: props.rule.segment });
  const close = () => {
    draft.reset();
    setOpen(false);
  };
  const save = () => {
    const state = draft.state();
    if (state) props.writes.run(settingRule(wish(), state, { version: draft.version(), close }));
  };
  const name = () => props.rule.segment.name;
  const icon = { size: 14, "aria-hidden": "true" } as const;

  return (
    <li class="border-t border-line">
      <div class="flex min-h-11 items-center gap-3 py-1 pr-2 pl-4">
        <span class="w-4 text-right text-12 text-faint tabular-nums">{props.index + 1}</span>
        <span class="min-w-0 flex-1">
          <A
            href={placePath({ ...props.place, page: `segments/${props.rule.segment.key}` })}
            class="rounded-1 font-medium hover:underline"
          >
            {name()}
          </A>{" "}
          <span class="text-muted">get</span>{" "}
          <span class={cx(props.rule.enabled ? "font-medium text-on" : "text-muted")}>
            {stateWords(props.flag.valueType, props.rule)}
          </span>
        </span>
        <span class="flex shrink-0">
          <IconButton
            label={`Move ${name()} up`}
            icon={<ArrowUp {...icon} />}
            disabled={props.index === 0}
            onClick={() => props.onMove(-1)}
          />
          <IconButton
            label={`Move ${name()} down`}
            icon={<ArrowDown {...icon} />}
            disabled={props.isLast}
            onClick={() => props.onMove(1)}
          />
          <IconButton
            label={`Edit the rule for ${name()}`}
            icon={<Pencil {...icon} />}
            pressed={isOpen()}
            onClick={() => setOpen(!isOpen())}
          />
          <IconButton
            label={`Remove the rule for ${name()}`}
            icon={<Trash {...icon} />}
            danger
            onClick={() => props.writes.run(removingRule(wish(), props.rule))}
          />
        </span>
      </div>
      <Show when={isOpen()}>
        <div class="flex flex-col gap-4 bg-sunken px-4 py-3 desk:pl-11">
          <StateEditor flag={props.flag} draft={draft} whose={name()} error={props.writes.error()} />
          <SaveLine
            verb="Save rule"
            disabled={!draft.isDirty() || draft.state() === undefined}
            busy={props.writes.isBusy()}
            onSave={save}
            onCancel={close}
          />
        </div>
      </Show>
    </li>
  );
}
