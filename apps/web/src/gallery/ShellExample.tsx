import { useLocation } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import type { JSX } from "solid-js";
import { createSignal, For } from "solid-js";
import type { EnvironmentTab } from "../features/shell/environments.ts";
import { Shell } from "../features/shell/Shell.tsx";
import { parsePlace } from "../lib/place.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { PageHeader } from "../ui/Page.tsx";
import { RelativeTime } from "../ui/RelativeTime.tsx";
import { Switch } from "../ui/Switch.tsx";
import { Cell, Header, Row, Table, TableHead } from "../ui/Table.tsx";

const ENVIRONMENTS: readonly EnvironmentTab[] = [
  { slug: "development", name: "Development", look: "development" },
  { slug: "test", name: "Test", look: "test" },
  { slug: "staging", name: "Staging", look: "staging" },
  { slug: "production", name: "Production", look: "production" },
];

const START = { organisation: "shop", project: "webshop", environment: "production", page: "flags" };

const FLAGS = [
  ["new-checkout", "On for 30 % of plan = pro; off for everyone else", true],
  ["search-ranking", "“hybrid” for everyone", true],
  ["free-shipping-from", "50; 30 for segment Nordics", true],
  ["gift-cards", "On for segment Staff; off for everyone else", true],
  ["dark-mode", "Off for everyone", false],
  ["legacy-basket", "Off for everyone", false],
] as const;

/** The frame with a made-up shop in it, to be looked at without a server. */
export default function ShellExample(): JSX.Element {
  const location = useLocation();
  // Links of the shell lead out of the gallery; the place is read from what follows its own address.
  const place = () => parsePlace(location.pathname.replace("/~/gallery/shell", "")) ?? START;
  const [lowered, setLowered] = createSignal<readonly string[]>(FLAGS.filter(([, , on]) => !on).map(([key]) => key));

  return (
    <Shell
      place={place()}
      organisations={[
        { slug: "shop", name: "Northwind", href: "#" },
        { slug: "labs", name: "Northwind Labs", href: "#" },
      ]}
      projects={[
        { slug: "webshop", name: "Webshop", href: "#" },
        { slug: "app", name: "Mobile app", href: "#" },
      ]}
      environments={ENVIRONMENTS}
      me={{ name: "Ana de Vries" }}
      foot={{ version: 812, streaming: 34, confirmed: place().environment === "staging" ? 26 : 34, polling: 0 }}
    >
      <PageHeader
        title="Flags"
        actions={
          <Button kind="primary" icon={<Plus size={14} />}>
            Create flag
          </Button>
        }
      />
      <Table label="Flags">
        <TableHead>
          <Header hidden>State</Header>
          <Header>Flag</Header>
          <Header class="max-desk:hidden">Value</Header>
          <Header class="max-desk:hidden">Stage</Header>
          <Header align="right">Changed</Header>
        </TableHead>
        <tbody>
          <For each={FLAGS}>
            {([key, sentence], index) => {
              const isOn = () => !lowered().includes(key);
              return (
                <Row tabindex="0" quiet={!isOn()}>
                  <Cell class="w-9 pr-0">
                    <Switch
                      on={isOn()}
                      label={key}
                      onChange={(on) => setLowered(on ? lowered().filter((other) => other !== key) : [...lowered(), key])}
                    />
                  </Cell>
                  <Cell class="max-desk:w-full max-desk:max-w-0">
                    <span class="font-mono text-code font-medium whitespace-nowrap text-ink">{key}</span>
                    <span class="block truncate text-12 text-muted desk:hidden">{sentence}</span>
                  </Cell>
                  <Cell class="w-full max-w-0 truncate text-muted max-desk:hidden">{sentence}</Cell>
                  <Cell class="max-desk:hidden">
                    <Chip tone={index() === 0 ? "accent" : "neutral"}>{index() === 0 ? "rollout" : "live"}</Chip>
                  </Cell>
                  <Cell align="right">
                    <RelativeTime at={new Date(Date.now() - 300_000 * (index() * 31 + 1))} />
                  </Cell>
                </Row>
              );
            }}
          </For>
        </tbody>
      </Table>
    </Shell>
  );
}
