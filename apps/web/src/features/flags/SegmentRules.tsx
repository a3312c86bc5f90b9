import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { act } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { Section } from "../../ui/Page.tsx";
import { AddSegmentRule } from "./AddSegmentRule.tsx";
import type { FlagDetail, SegmentOverride } from "./flag.ts";
import { SegmentRule } from "./SegmentRule.tsx";
import type { FlagWrites } from "./use-flag-writes.ts";

interface SegmentRulesProps {
  readonly flag: FlagDetail;
  readonly place: Place;
  readonly writes: FlagWrites;
}

/** What segments get instead of everyone else; the first that matches decides. */
export function SegmentRules(props: SegmentRulesProps): JSX.Element {
  const [isAdding, setAdding] = createSignal(false);
  const rules = () => props.flag.segmentOverrides;
  const keys = () => rules().map(({ segment }) => segment.key);

  const reorder = (segments: readonly string[], version: number | undefined) =>
    act("overrides.reorder", {
      ...inputOf(props.place),
      flag: props.flag.key,
      segments: [...segments],
      ...(version !== undefined && { expectedVersion: version }),
    });
  const move = (rule: SegmentOverride, by: number) => {
    const before = keys();
    const at = before.indexOf(rule.segment.key);
    const after = before.toSpliced(at, 1).toSpliced(at + by, 0, rule.segment.key);
    props.writes.run({
      title: `Move ${rule.segment.name} ${by < 0 ? "up" : "down"}`,
      consequence: `Who is in several segments gets what the first gives. New order: ${after.join(", ")}.`,
      verb: "Move",
      done: `${rule.segment.name} is now number ${at + by + 1}`,
      version: props.flag.version,
      write: (version) => reorder(after, version),
      undo: () => reorder(before, undefined),
      compare: (theirs) => [
        { field: "Order", mine: after.join(", "), theirs: theirs.segmentOverrides.map(({ segment }) => segment.key).join(", ") },
      ],
    });
  };

  return (
    <Section
      title="Segments"
      about={rules().length > 1 ? "The first that somebody is in decides." : undefined}
      flush={rules().length > 0}
      actions={
        <Button size="small" kind="quiet" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
          Add rule
        </Button>
      }
    >
      <Show
        when={rules().length > 0}
        fallback={
          <Show when={!isAdding()}>
            <p class="text-muted">No segment has a rule of its own. Add one to answer some people differently.</p>
          </Show>
        }
      >
        <ol class="flex flex-col" aria-label="Segment rules">
          {/* By segment, so that a rule keeps its form open while the list changes around it. */}
          <For each={keys()}>
            {(key, index) => (
              <Show when={rules().find(({ segment }) => segment.key === key)}>
                {(rule) => (
                  <SegmentRule
                    flag={props.flag}
                    place={props.place}
                    writes={props.writes}
                    rule={rule()}
                    index={index()}
                    isLast={index() === rules().length - 1}
                    onMove={(by) => move(rule(), by)}
                  />
                )}
              </Show>
            )}
          </For>
        </ol>
      </Show>
      <Show when={isAdding()}>
        <AddSegmentRule flag={props.flag} place={props.place} writes={props.writes} onClose={() => setAdding(false)} />
      </Show>
    </Section>
  );
}
