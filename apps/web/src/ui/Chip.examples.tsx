import CalendarClock from "lucide-solid/icons/calendar-clock";
import { createSignal, For } from "solid-js";
import { Avatar, AvatarStack } from "./Avatar.tsx";
import { Chip, Tag } from "./Chip.tsx";
import type { Examples } from "./examples.ts";
import { KeyHint } from "./KeyHint.tsx";
import { RelativeTime } from "./RelativeTime.tsx";
import { Tooltip } from "./Tooltip.tsx";

const Tags = () => {
  const [names, setNames] = createSignal(["checkout", "experiment"]);
  return (
    <span class="flex gap-1">
      <For each={names()}>
        {(name) => <Tag name={name} onRemove={() => setNames(names().filter((other) => other !== name))} />}
      </For>
      <Tag name="shop" />
    </span>
  );
};

export const examples: Examples = {
  part: "Chip",
  about: "Small facts: states, tags, people, keys, times.",
  examples: [
    {
      state: "tones",
      draw: () => (
        <span class="flex flex-wrap gap-1.5">
          <Chip>new</Chip>
          <Chip tone="accent">rollout</Chip>
          <Chip tone="on">on</Chip>
          <Chip tone="danger">deleted</Chip>
          <Chip tone="scheduled" icon={<CalendarClock size={12} />}>
            09:00
          </Chip>
          <Chip mono>v812</Chip>
        </span>
      ),
    },
    { state: "tags", draw: () => <Tags /> },
    {
      state: "people and programs",
      draw: () => (
        <span class="flex items-center gap-3">
          <Avatar name="Ana de Vries" large />
          <Avatar name="Ana de Vries" />
          <Avatar name="Webshop" square />
          <AvatarStack names={["Ana de Vries", "Jonas Weber", "Mei Lin", "Sam Okoro"]} />
        </span>
      ),
    },
    {
      state: "keys",
      draw: () => (
        <span class="flex items-center gap-3">
          <KeyHint keys="mod k" />
          <KeyHint keys="g f" />
          <KeyHint keys="escape" />
        </span>
      ),
    },
    {
      state: "times",
      draw: () => (
        <span class="flex gap-4">
          <RelativeTime at={new Date()} />
          <RelativeTime at={new Date(Date.now() - 7_400_000)} />
          <RelativeTime at={new Date(Date.now() + 86_500_000)} />
        </span>
      ),
    },
    {
      state: "tooltip",
      draw: () => (
        <Tooltip label="Counted by the SDKs, 30 s late at most" class="border-b border-dotted border-control">
          12,400 people
        </Tooltip>
      ),
    },
  ],
};
