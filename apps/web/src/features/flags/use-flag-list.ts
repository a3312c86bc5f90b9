import { useSearchParams } from "@solidjs/router";
import type { Accessor } from "solid-js";
import { createMemo } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { createApiPages } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";

export interface FlagFilters {
  readonly q: string;
  readonly tags: readonly string[];
  readonly state: "on" | "off" | undefined;
  /** Id of a member. */
  readonly owner: string | undefined;
  readonly archived: boolean;
  readonly sort: "key" | "created";
}

/** The most a page of the API holds: thousands of flags are few questions. */
const PAGE = 100;

const SEARCH = { q: undefined, tag: undefined, state: undefined, owner: undefined, archived: undefined };

/** The list of an environment's flags; its filters live in the address. */
export function createFlagList(place: Accessor<Place>) {
  const [search, setSearch] = useSearchParams<{
    q?: string;
    tag?: string | string[];
    state?: string;
    owner?: string;
    archived?: string;
    sort?: string;
  }>();

  const filters = createMemo((): FlagFilters => {
    const { q = "", tag = [], state, owner, archived, sort } = search;
    return {
      q,
      tags: typeof tag === "string" ? [tag] : tag,
      state: state === "on" || state === "off" ? state : undefined,
      owner,
      archived: archived !== undefined,
      sort: sort === "created" ? "created" : "key",
    };
  });
  const pages = createApiPages(() => {
    const { q, tags, state, owner, archived, sort } = filters();
    return {
      path: "flags.list",
      input: {
        ...inputOf(place()),
        limit: PAGE,
        archived,
        sort,
        ...(q.trim() !== "" && { q: q.trim() }),
        ...(tags.length > 0 && { tag: [...tags] }),
        ...(state && { state }),
        ...(owner && { owner }),
      },
    };
  });

  const change = (wish: Partial<FlagFilters>) => {
    const next = { ...filters(), ...wish };
    setSearch(
      {
        q: next.q === "" ? undefined : next.q,
        tag: next.tags.length === 0 ? undefined : [...next.tags],
        state: next.state,
        owner: next.owner,
        archived: next.archived ? "yes" : undefined,
        sort: next.sort === "key" ? undefined : next.sort,
      },
      // Letters typed into the search are not places to go back to.
      { replace: wish.q !== undefined },
    );
  };
  const isFiltered = () => {
    const { q, tags, state, owner, archived } = filters();
    return q !== "" || tags.length > 0 || state !== undefined || owner !== undefined || archived;
  };

  return { filters, change, clear: () => setSearch(SEARCH), isFiltered, pages };
}
