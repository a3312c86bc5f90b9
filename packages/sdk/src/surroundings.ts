/** `hidden`: nobody can see the page. `woke`: the machine slept, or this program was stopped for a while. */
export type Surrounding = "hidden" | "visible" | "offline" | "online" | "woke";

const TICK_MS = 10_000;
/** A tick this late was not merely a busy machine. */
const SLEPT_MS = 20_000;

/** Tells what happens around a page or a worker; each platform tells what it knows. Returns the function that ends it. */
export function watchWebSurroundings(on: (what: Surrounding) => void): () => void {
  const page = typeof document === "undefined" ? undefined : document;
  const stops = [watchSleep(on, () => page?.visibilityState === "hidden")];
  const watch = (target: EventTarget, name: string, listener: () => void) => {
    target.addEventListener(name, listener);
    stops.push(() => target.removeEventListener(name, listener));
  };
  // Not a thing of Node's global object.
  if (typeof addEventListener === "function")
    for (const name of ["offline", "online"] as const) watch(globalThis, name, () => on(name));
  if (page) {
    watch(page, "visibilitychange", () => on(page.visibilityState === "hidden" ? "hidden" : "visible"));
    if (page.visibilityState === "hidden") on("hidden");
  }
  if (typeof navigator === "object" && (navigator as { readonly onLine?: boolean }).onLine === false) on("offline");
  return () => {
    for (const stop of stops) stop();
  };
}

/** By a clock that goes on while the machine sleeps. Ticks of a hidden page are late anyway. */
export function watchSleep(on: (what: Surrounding) => void, isHidden = () => false): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    const isLate = now - last > TICK_MS + SLEPT_MS;
    last = now;
    if (isLate && !isHidden()) on("woke");
  }, TICK_MS);
  return () => clearInterval(timer);
}
