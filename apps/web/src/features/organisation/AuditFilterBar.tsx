import Search from "lucide-solid/icons/search";
import type { JSX } from "solid-js";
import { createApiQuery } from "../../lib/queries.ts";
import { FilterMenu } from "../../ui/FilterMenu.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import type { MenuItem } from "../../ui/Menu.tsx";
import type { AuditFilters } from "./use-audit-filters.ts";

interface AuditFilterBarProps {
  readonly organisation: string;
  readonly filters: AuditFilters;
  readonly onChange: (wish: AuditFilters) => void;
}

/** Beginnings of actions. */
const NOUNS = [
  ["flag", "Flags"],
  ["override", "Segment overrides"],
  ["identity-override", "Identity overrides"],
  ["identity", "Identities"],
  ["segment", "Segments"],
  ["tag", "Tags"],
  ["project", "Projects"],
  ["environment", "Environments"],
  ["key", "Environment keys"],
  ["api-key", "API keys"],
  ["member", "Members"],
  ["invitation", "Invitations"],
  ["group", "Groups"],
  ["role", "Roles"],
  ["grant", "Grants"],
  ["organisation", "Settings"],
  ["import", "Imports"],
] as const;

/** Of another project neither environment nor flag means anything. */
const EVERYWHERE: AuditFilters = { environment: undefined, flag: undefined };

export function AuditFilterBar(props: AuditFilterBarProps): JSX.Element {
  const of = () => ({ organisation: props.organisation });
  const inProject = () => ({ ...of(), project: props.filters.project ?? "" });
  const members = createApiQuery(() => ({ path: "members.list", input: of() }));
  const projects = createApiQuery(() => ({ path: "projects.list", input: of() }));
  const environments = createApiQuery(() => ({
    path: "environments.list",
    input: inProject(),
    enabled: props.filters.project !== undefined,
  }));
  /** Everything, or one of a few. */
  const itemsOf = (word: keyof AuditFilters, all: string, found: readonly (readonly [string, string])[]): MenuItem[] => [
    { label: all, checked: props.filters[word] === undefined, onSelect: () => choose(word, undefined) },
    ...found.map(([value, label]) => ({
      label,
      checked: props.filters[word] === value,
      onSelect: () => choose(word, value),
    })),
  ];
  const choose = (word: keyof AuditFilters, value: string | undefined) =>
    props.onChange({ ...(word === "project" && EVERYWHERE), [word]: value });
  const people = () => (members.data ?? []).map(({ userId, name }) => [`user:${userId}`, name] as const);
  const shown = (word: keyof AuditFilters, found: readonly (readonly [string, string])[], all: string) => {
    const value = props.filters[word];
    return value === undefined ? all : (found.find(([it]) => it === value)?.[1] ?? value);
  };
  const places = () => (projects.data ?? []).map(({ slug, name }) => [slug, name] as const);
  const environmentNames = () => (environments.data ?? []).map(({ slug, name }) => [slug, name] as const);

  return (
    <div role="search" aria-label="Audit log" class="flex flex-wrap items-center gap-2 px-4 pb-2">
      <TextInput
        type="search"
        label="Search what happened and who did it"
        placeholder="Search"
        icon={<Search size={14} />}
        class="w-56 max-desk:w-full"
        value={props.filters.q ?? ""}
        onInput={(q) => props.onChange({ q })}
      />
      <FilterMenu
        name="Who"
        label={shown("actor", people(), "Anybody")}
        active={props.filters.actor !== undefined}
        items={itemsOf("actor", "Anybody", people())}
      />
      <FilterMenu
        name="What"
        label={shown("action", NOUNS, "Anything")}
        active={props.filters.action !== undefined}
        items={itemsOf("action", "Anything", NOUNS)}
      />
      <FilterMenu
        name="Project"
        label={shown("project", places(), "Any project")}
        active={props.filters.project !== undefined}
        items={itemsOf("project", "Any project", places())}
      />
      <FilterMenu
        name="Environment"
        label={shown("environment", environmentNames(), "Any environment")}
        active={props.filters.environment !== undefined}
        items={
          props.filters.project === undefined
            ? [{ label: "Choose a project first", disabled: true, onSelect: () => undefined }]
            : itemsOf("environment", "Any environment", environmentNames())
        }
      />
      <TextInput
        mono
        label="Key of one flag"
        placeholder="flag key"
        class="w-36"
        value={props.filters.flag ?? ""}
        onInput={(flag) => props.onChange({ flag })}
      />
      <span class="flex items-center gap-1.5 text-12 text-muted">
        <span aria-hidden="true">from</span>
        <TextInput
          type="date"
          label="From this day on"
          class="w-36"
          value={props.filters.from ?? ""}
          onInput={(from) => props.onChange({ from })}
        />
      </span>
      <span class="flex items-center gap-1.5 text-12 text-muted">
        <span aria-hidden="true">to</span>
        <TextInput
          type="date"
          label="To the end of this day"
          class="w-36"
          value={props.filters.to ?? ""}
          onInput={(to) => props.onChange({ to })}
        />
      </span>
    </div>
  );
}
