import { render, screen } from "@solidjs/testing-library";
import { createSignal } from "solid-js";
import { expect, it } from "vitest";
import { Switch } from "./Switch.tsx";
import { Cell, Row, Table } from "./Table.tsx";
import { VirtualRows } from "./VirtualRows.tsx";

const flags = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `flag-${index}`, on: false }));

function draw(count: number) {
  const [rows, setRows] = createSignal(flags(count));
  const [scroller, setScroller] = createSignal<HTMLElement | null>(null);
  render(() => (
    <div ref={setScroller}>
      <Table label="Flags">
        <VirtualRows rows={rows()} keyOf={(flag) => flag.key} scroller={scroller} columns={1}>
          {(flag) => (
            <Row>
              <Cell>
                <Switch on={flag().on} label={flag().key} />
              </Cell>
            </Row>
          )}
        </VirtualRows>
      </Table>
    </div>
  ));
  return { rows, setRows };
}

it("draws a window of thousands, not thousands", () => {
  draw(5_000);

  expect(screen.getAllByRole("switch").length).toBeGreaterThan(10);
  expect(screen.getAllByRole("switch").length).toBeLessThan(60);
});

it("keeps the element of a row whose data change, so that its flag climbs instead of jumping", () => {
  const { rows, setRows } = draw(20);
  const before = screen.getByRole("switch", { name: "flag-3" });

  setRows(rows().map((flag) => (flag.key === "flag-3" ? { ...flag, on: true } : flag)));

  expect(screen.getByRole("switch", { name: "flag-3" })).toBe(before);
  expect(before).toBeChecked();
});

it("keeps each row its own element when the order changes", () => {
  const { rows, setRows } = draw(20);
  const before = screen.getByRole("switch", { name: "flag-3" });

  setRows(rows().toReversed());

  expect(screen.getByRole("switch", { name: "flag-3" })).toBe(before);
  expect(screen.getAllByRole("switch")[0]).toHaveAccessibleName("flag-19");
});

it("draws nothing of rows that are gone", () => {
  const { rows, setRows } = draw(20);

  setRows(rows().slice(5));

  expect(screen.getAllByRole("switch")).toHaveLength(15);
  expect(screen.queryByRole("switch", { name: "flag-3" })).not.toBeInTheDocument();
});
