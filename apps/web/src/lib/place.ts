/** Where a page stands: `/:org/:project/:env/<page…>`. Slugs, never ids. */
export interface Place {
  readonly organisation: string;
  readonly project: string;
  readonly environment: string;
  /** Everything after the environment: "flags", "flags/new-checkout". */
  readonly page: string;
}

/** Stands where a slug would, for pages above an environment or a project. */
const ABOVE = "~";

/** One segment as it was written, or nothing for a broken escape somebody typed. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Such an address names no page; the caller answers "not found".
    return undefined;
  }
}

/** The place an address names, or nothing for pages of the instance, an organisation or a project. */
export function parsePlace(pathname: string): Place | undefined {
  const [organisation, project, environment, ...page] = pathname.split("/").filter(Boolean).map(decode);
  if (!organisation || !project || !environment) return undefined;
  if ([organisation, project, environment].includes(ABOVE) || page.includes(undefined)) return undefined;
  return { organisation, project, environment, page: page.join("/") };
}

export function placePath(place: Omit<Place, "page"> & { readonly page?: string }): string {
  const page = (place.page ?? "flags").split("/").map(encodeURIComponent);
  return `/${[place.organisation, place.project, place.environment].map(encodeURIComponent).join("/")}/${page.join("/")}`;
}

/** The same page of another environment: one segment changes. */
export const inEnvironment = (place: Place, environment: string): string => placePath({ ...place, environment });
