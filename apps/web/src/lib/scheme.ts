import { createSignal } from "solid-js";

/** Which theme is drawn; `system` follows the machine. */
export type Scheme = "system" | "light" | "dark";

export const SCHEMES: readonly Scheme[] = ["system", "light", "dark"];

const STORE = "halyard:scheme";

const stored = SCHEMES.find((scheme) => scheme === localStorage.getItem(STORE)) ?? "system";
const [current, setCurrent] = createSignal<Scheme>(stored);

export const scheme = current;

/** Draws the chosen theme and remembers it in this browser. */
export function chooseScheme(chosen: Scheme): void {
  localStorage.setItem(STORE, chosen);
  setCurrent(chosen);
  applyScheme();
}

export function applyScheme(): void {
  const root = document.documentElement;
  if (current() === "system") delete root.dataset.scheme;
  else root.dataset.scheme = current();
}
