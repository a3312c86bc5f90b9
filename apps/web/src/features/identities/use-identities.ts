import { useSearchParams } from "@solidjs/router";
import type { Accessor } from "solid-js";
import type { ApiPages, ItemOf } from "../../lib/queries.ts";
import { createApiPages } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";

export interface IdentityList {
  readonly query: Accessor<string>;
  readonly isExact: Accessor<boolean>;
  readonly search: (query: string, options?: { readonly exact: boolean }) => void;
  readonly pages: ApiPages<ItemOf<"identities.list">>;
}

const QUOTED = /^"(.*)"$/s;

/** What is searched for stands in the address; quotes around it ask for exactly that identifier. */
export function createIdentityList(): IdentityList {
  const place = usePlace();
  const [params, setParams] = useSearchParams();
  const written = () => (typeof params.q === "string" ? params.q : "");
  const isExact = () => QUOTED.test(written());
  const query = () => QUOTED.exec(written())?.[1] ?? written();
  const pages = createApiPages(() => ({
    path: "identities.list",
    input: { ...inputOf(place()), limit: 50, ...(query() !== "" && { q: written() }) },
    enabled: place().environment !== "",
  }));

  return {
    query,
    isExact,
    search: (text, { exact } = { exact: isExact() }) => {
      const q = text === "" ? undefined : exact ? `"${text}"` : text;
      setParams({ q }, { replace: true });
    },
    pages,
  };
}
