import type { QueryClient } from "@tanstack/solid-query";
import { changeRows, flagLists, writeRow } from "../../lib/live-rows.ts";
import type { Place } from "../../lib/place.ts";
import { queryKey } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import type { FlagDetail, FlagSummary } from "./flag.ts";

const detailKey = (place: Place, flag: string) => queryKey("flags.get", { ...inputOf(place), flag });

/** What the server answered to a write is what the page shows, without asking again. */
export function writeFlag(client: QueryClient, place: Place, flag: FlagDetail): void {
  client.setQueryData(detailKey(place, flag.key), flag);
  writeRow(client, place, flag);
}

/** Shows a flag raised or lowered before the server has it. @returns takes it back */
export function showEnabled(
  client: QueryClient,
  place: Place,
  wish: { readonly flag: string; readonly enabled: boolean },
): () => void {
  const set = (enabled: boolean) => {
    const states = (flag: FlagSummary) =>
      flag.states.map((state) => (state.environment === place.environment ? { ...state, enabled } : state));
    client.setQueryData<FlagDetail>(
      detailKey(place, wish.flag),
      (flag) => flag && { ...flag, state: { ...flag.state, enabled }, states: states(flag) },
    );
    for (const query of flagLists(client)) {
      changeRows(client, query, (row) => (row.key === wish.flag ? { ...row, states: states(row) } : row));
    }
  };
  set(wish.enabled);
  return () => set(!wish.enabled);
}
