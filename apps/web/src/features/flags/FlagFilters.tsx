import Search from "lucide-solid/icons/search";
import type { JSX } from "solid-js";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { FilterMenu } from "../../ui/FilterMenu.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { KeyHint } from "../../ui/KeyHint.tsx";
import type { MenuItem } from "../../ui/Menu.tsx";
import type { FlagFilters as Filters } from "./use-flag-list.ts";

interface FlagFiltersProps {
  readonly filters: Filters;
  readonly onChange: (wish: Partial<Filters>) => void;
  readonly searchRef: (input: HTMLInputElement) => void;
}

const STATES = [
  [undefined, "On and off"],
  ["on", "On"],
  ["off", "Off"],
] as const;

export function FlagFilters(props: FlagFiltersProps): JSX.Element {
  const place = usePlace();
  const tags = createApiQuery(() => ({ path: "tags.list", input: projectOf(place()) }));
  const members = createApiQuery(() => ({ path: "members.list", input: { organisation: place().organisation } }));
  const owner = () => (members.data ?? []).find(({ userId }) => userId === props.filters.owner);
  const ownerItems = (): MenuItem[] => [
    { label: "Any owner", checked: props.filters.owner === undefined, onSelect: () => props.onChange({ owner: undefined }) },
    ...(members.data ?? []).map(({ userId, name, email }) => ({
      label: name,
      hint: email,
      checked: props.filters.owner === userId,
      onSelect: () => props.onChange({ owner: userId }),
    })),
  ];
  const chosen = () => props.filters.tags;
  const tagItems = (): MenuItem[] =>
    (tags.data ?? []).map(({ label, flags }) => ({
      label,
      hint: `${flags} ${flags === 1 ? "flag" : "flags"}`,
      checked: chosen().includes(label),
      onSelect: () =>
        props.onChange({ tags: chosen().includes(label) ? chosen().filter((other) => other !== label) : [...chosen(), label] }),
    }));

  return (
    <div role="search" aria-label="Flags" class="flex flex-wrap items-center gap-2 px-4 pb-2 max-desk:gap-x-0">
      <TextInput
        ref={props.searchRef}
        type="search"
        label="Search flags"
        placeholder="Search keys and descriptions"
        icon={<Search size={14} />}
        after={
          <span class="max-desk:hidden" aria-hidden="true">
            <KeyHint keys="/" />
          </span>
        }
        class="w-72 max-desk:w-full"
        value={props.filters.q}
        onInput={(q) => props.onChange({ q })}
      />
      <FilterMenu
        label={STATES.find(([value]) => value === props.filters.state)?.[1] ?? ""}
        name="State"
        active={props.filters.state !== undefined}
        items={STATES.map(([value, label]) => ({
          label,
          checked: props.filters.state === value,
          onSelect: () => props.onChange({ state: value }),
        }))}
      />
      <FilterMenu
        label={chosen().length === 0 ? "Any tag" : chosen().join(", ")}
        name="Tag"
        active={chosen().length > 0}
        items={tagItems().length > 0 ? tagItems() : [{ label: "No tags yet", disabled: true, onSelect: () => undefined }]}
      />
      <FilterMenu
        label={props.filters.owner === undefined ? "Any owner" : (owner()?.name ?? "Somebody who left")}
        name="Owner"
        active={props.filters.owner !== undefined}
        items={ownerItems()}
      />
      <FilterMenu
        label={props.filters.archived ? "Archived" : "In use"}
        name="Archived"
        active={props.filters.archived}
        items={[
          { label: "In use", checked: !props.filters.archived, onSelect: () => props.onChange({ archived: false }) },
          { label: "Archived", checked: props.filters.archived, onSelect: () => props.onChange({ archived: true }) },
        ]}
      />
      <FilterMenu
        label={props.filters.sort === "key" ? "By key" : "Newest first"}
        name="Sort"
        active={false}
        items={[
          { label: "By key", checked: props.filters.sort === "key", onSelect: () => props.onChange({ sort: "key" }) },
          {
            label: "Newest first",
            checked: props.filters.sort === "created",
            onSelect: () => props.onChange({ sort: "created" }),
          },
        ]}
      />
    </div>
  );
}
