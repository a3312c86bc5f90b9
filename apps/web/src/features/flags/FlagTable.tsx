import type { JSX } from "solid-js";
import { For } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { Header, Table, TableHead } from "../../ui/Table.tsx";
import { VirtualRows } from "../../ui/VirtualRows.tsx";
import type { Environment } from "../shell/index.ts";
import { FlagRow } from "./FlagRow.tsx";
import type { FlagSummary } from "./flag.ts";
import type { FlagSwitching } from "./use-flag-switch.ts";
import type { createRowKeys } from "./use-row-keys.ts";

interface FlagTableProps {
  readonly rows: readonly FlagSummary[];
  readonly place: Place;
  readonly environments: readonly Environment[];
  readonly switching: FlagSwitching;
  readonly keys: ReturnType<typeof createRowKeys>;
  /** Evaluations of the last 24 hours by the hour; undefined while they are not known. */
  readonly usageOf: (flag: string) => readonly number[] | undefined;
}

/** More columns would leave no room for what a flag answers. */
const MOST_OTHERS = 4;

export function FlagTable(props: FlagTableProps): JSX.Element {
  const others = () => props.environments.filter(({ slug }) => slug !== props.place.environment).slice(0, MOST_OTHERS);
  const current = () => props.environments.find(({ slug }) => slug === props.place.environment);

  return (
    <Table label="Flags">
      <TableHead>
        <Header hidden>State</Header>
        <Header>Flag</Header>
        <Header class="max-desk:hidden">Who gets what</Header>
        <For each={others()}>
          {(other) => <Header class="px-1! text-center max-[1279px]:hidden">{shortName(other.name)}</Header>}
        </For>
        <Header class="max-[1279px]:hidden">24 h</Header>
        <Header class="max-desk:hidden">Owner</Header>
        <Header align="right">Changed</Header>
      </TableHead>
      <VirtualRows
        rows={props.rows}
        keyOf={(flag) => flag.key}
        scroller={() => document.getElementById("page")}
        columns={6 + others().length}
        keepInSight={props.keys.current()}
      >
        {(flag, index) => (
          <FlagRow
            flag={flag()}
            place={props.place}
            environment={current()}
            others={others()}
            usage={props.usageOf(flag().key)}
            pending={props.switching.isPending(flag().key)}
            selected={props.keys.isSelected(flag().key)}
            current={props.keys.current() === index()}
            onFocus={() => props.keys.setCurrent(index())}
            onSwitch={(enabled) => props.switching.set([flag()], enabled)}
          />
        )}
      </VirtualRows>
    </Table>
  );
}

/** "Development" is "Dev": the column is as wide as a small flag. */
const shortName = (name: string): string => (name.length > 7 ? name.slice(0, 4).replace(/e$/, "") : name);
