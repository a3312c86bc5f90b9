import { useLocation } from "@solidjs/router";
import type { Accessor } from "solid-js";
import { createMemo } from "solid-js";
import type { Place } from "./place.ts";
import { parsePlace } from "./place.ts";

const NOWHERE: Place = { organisation: "", project: "", environment: "", page: "" };

/** The place of a page inside an environment. Keeps its last value while the page is on its way out. */
export function usePlace(): Accessor<Place> {
  const location = useLocation();
  return createMemo<Place>((before) => parsePlace(location.pathname) ?? before, NOWHERE);
}

/** What procedures of one environment ask for. */
export const inputOf = ({ organisation, project, environment }: Place) => ({ organisation, project, environment });

/** What procedures of one project ask for. */
export const projectOf = ({ organisation, project }: Place) => ({ organisation, project });
