import type { JSX } from "solid-js";
import { For, Show } from "solid-js";
import type { OutputOf } from "../../lib/procedures.ts";
import { Chip } from "../../ui/Chip.tsx";
import { Section } from "../../ui/Page.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";

type Report = OutputOf<"imports.run">;

const MOST_DRAWN = 500;
const TONES = { created: "on", updated: "accent", skipped: "neutral" } as const;

/** What each entry of the file became, or would become. */
export function ImportReport(props: { readonly report: Report }): JSX.Element {
  const counts = () => `${props.report.created} new, ${props.report.updated} changed, ${props.report.skipped} left out.`;
  const hidden = () => props.report.entries.length - MOST_DRAWN;

  return (
    <Section
      flush
      title={props.report.dryRun ? "What would happen" : "What happened"}
      about={`${counts()} ${props.report.dryRun ? "Nothing is changed yet." : ""}`}
    >
      <ul class="px-4 pb-2 text-12 text-muted">
        <For each={props.report.notes}>{(note) => <li>{note}</li>}</For>
      </ul>
      <div class="max-h-120 overflow-auto">
        <Table label="Entries of the file" class="[&>thead]:bg-surface">
          <TableHead>
            <Header>Entry</Header>
            <Header class="max-desk:hidden">Kind</Header>
            <Header>Result</Header>
            <Header>Note</Header>
          </TableHead>
          <tbody>
            <For each={props.report.entries.slice(0, MOST_DRAWN)}>
              {(entry) => (
                <Row>
                  <Cell class="max-w-56 truncate font-mono text-code" title={entry.path}>
                    {entry.name}
                  </Cell>
                  <Cell class="text-muted max-desk:hidden">{entry.kind}</Cell>
                  <Cell>
                    <Chip tone={TONES[entry.action]}>{entry.action}</Chip>
                  </Cell>
                  <Cell class="py-1 text-12 text-muted">{entry.note}</Cell>
                </Row>
              )}
            </For>
          </tbody>
        </Table>
      </div>
      <Show when={hidden() > 0}>
        <p class="px-4 py-2 text-12 text-muted">and {hidden().toLocaleString("en")} more entries.</p>
      </Show>
    </Section>
  );
}
