import { useSearchParams } from "@solidjs/router";
import type { Accessor } from "solid-js";
import type { ApiPages, ItemOf } from "../../lib/queries.ts";
import { createApiPages } from "../../lib/queries.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";

export interface SegmentList {
  readonly query: Accessor<string>;
  readonly search: (query: string) => void;
  readonly pages: ApiPages<ItemOf<"segments.list">>;
}

/** The project's segments; what is searched for stands in the address. */
export function createSegmentList(): SegmentList {
  const place = usePlace();
  const [params, setParams] = useSearchParams();
  const query = () => (typeof params.q === "string" ? params.q : "");
  const pages = createApiPages(() => ({
    path: "segments.list",
    input: { ...projectOf(place()), limit: 50, ...(query() !== "" && { q: query() }) },
    enabled: place().project !== "",
  }));
  return { query, search: (q) => setParams({ q: q === "" ? undefined : q }, { replace: true }), pages };
}
