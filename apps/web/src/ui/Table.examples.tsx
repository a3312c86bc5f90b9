import { createSignal, For } from "solid-js";
import { Avatar } from "./Avatar.tsx";
import { Chip } from "./Chip.tsx";
import type { Examples } from "./examples.ts";
import { RelativeTime } from "./RelativeTime.tsx";
import { Sparkline } from "./Sparkline.tsx";
import { Switch } from "./Switch.tsx";
import type { SortOrder } from "./Table.tsx";
import { Cell, Header, Row, Table, TableHead } from "./Table.tsx";
import { VirtualRows } from "./VirtualRows.tsx";

const FLAGS = [
  {
    key: "new-checkout",
    on: true,
    sentence: "On for 30 % of plan = pro; off for everyone else",
    chip: "rollout",
    owner: "Ana de Vries",
  },
  { key: "search-ranking", on: true, sentence: "“hybrid” for everyone", chip: "live", owner: "Jonas Weber" },
  { key: "dark-mode", on: false, sentence: "Off for everyone", chip: "stale", owner: "Mei Lin" },
  { key: "free-shipping-from", on: true, sentence: "50; 30 for segment Nordics", chip: "live", owner: "Ana de Vries" },
] as const;

const TONES = { rollout: "accent", live: "neutral", stale: "scheduled" } as const;
const hours = (seed: number) => Array.from({ length: 24 }, (_, hour) => Math.round(40 + 38 * Math.sin((hour + seed) / 3)));

const Flags = () => {
  const [order, setOrder] = createSignal<SortOrder>("ascending");
  const rows = () => {
    const sign = order() === "ascending" ? 1 : -1;
    return [...FLAGS].sort((a, b) => sign * a.key.localeCompare(b.key));
  };
  return (
    <div class="overflow-x-auto rounded-2 bg-bg" tabindex="0" role="region" aria-label="Flags, scrolls sideways">
      <Table label="Flags">
        <TableHead>
          <Header hidden>State</Header>
          <Header sorted={order()} onSort={() => setOrder(order() === "ascending" ? "descending" : "ascending")}>
            Flag
          </Header>
          <Header>Value</Header>
          <Header>Stage</Header>
          <Header>24 h</Header>
          <Header>Owner</Header>
          <Header align="right">Changed</Header>
        </TableHead>
        <tbody>
          <For each={rows()}>
            {(flag, index) => (
              <Row quiet={!flag.on} selected={index() === 1} tabindex="0">
                <Cell class="w-9 pr-0">
                  <Switch on={flag.on} label={flag.key} />
                </Cell>
                <Cell class="font-mono text-code font-medium whitespace-nowrap text-ink">{flag.key}</Cell>
                <Cell class="w-full max-w-0 min-w-40 truncate text-muted">{flag.sentence}</Cell>
                <Cell>
                  <Chip tone={TONES[flag.chip]}>{flag.chip}</Chip>
                </Cell>
                <Cell>
                  <Sparkline values={flag.on ? hours(index() * 5) : hours(0).map(() => 0)} label="Evaluations in 24 hours" />
                </Cell>
                <Cell>
                  <Avatar name={flag.owner} />
                </Cell>
                <Cell align="right">
                  <RelativeTime at={new Date(Date.now() - 5 * 60_000 * (index() * 40 + 1))} />
                </Cell>
              </Row>
            )}
          </For>
        </tbody>
      </Table>
    </div>
  );
};

const Thousands = () => {
  const [scroller, setScroller] = createSignal<HTMLDivElement | null>(null);
  const rows = Array.from({ length: 5_000 }, (_, index) => ({ key: `flag-${String(index + 1).padStart(4, "0")}` }));
  return (
    <div ref={setScroller} class="h-55 overflow-y-auto" tabindex="0" role="region" aria-label="5,000 flags, scrolls">
      <Table label="5,000 flags">
        <TableHead>
          <Header>Flag</Header>
          <Header align="right">Row</Header>
        </TableHead>
        <VirtualRows rows={rows} keyOf={(row) => row.key} scroller={scroller} columns={2}>
          {(row, index) => (
            <Row>
              <Cell class="font-mono text-code">{row().key}</Cell>
              <Cell align="right">{index() + 1}</Cell>
            </Row>
          )}
        </VirtualRows>
      </Table>
    </div>
  );
};

export const examples: Examples = {
  part: "Table",
  about: "Real headers, rows of 36 px. Thousands of rows by VirtualRows.",
  examples: [
    { state: "sorted, one row selected, one quiet", wide: true, draw: () => <Flags /> },
    { state: "5,000 rows", wide: true, draw: () => <Thousands /> },
  ],
};
