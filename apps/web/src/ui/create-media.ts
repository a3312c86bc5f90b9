import type { Accessor } from "solid-js";
import { createSignal, onCleanup } from "solid-js";

/** Whether a media query holds, kept up to date. */
export function createMedia(query: string): Accessor<boolean> {
  const list = window.matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const listen = () => setMatches(list.matches);

  list.addEventListener("change", listen);
  onCleanup(() => list.removeEventListener("change", listen));
  return matches;
}
