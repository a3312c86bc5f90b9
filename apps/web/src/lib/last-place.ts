import { parsePlace } from "./place.ts";

const STORE = "halyard:last-place";

/** Remembers a page of an environment, in this browser only; other addresses are left out. */
export function rememberPlace(path: string): void {
  if (parsePlace(path.split("?")[0] ?? "")) localStorage.setItem(STORE, path);
}

/** The address somebody was at last, to go on from there. */
export const lastPlace = (): string | undefined => localStorage.getItem(STORE) ?? undefined;

export const forgetPlace = (): void => localStorage.removeItem(STORE);
