import { cleanup } from "@solidjs/testing-library";
import { afterEach } from "vitest";
import { clearToasts } from "../ui/toast.tsx";
import "@testing-library/jest-dom/vitest";

// jsdom lays nothing out: these answer as a wide window without motion would.
const answer = (query: string) => ({
  matches: query.includes("reduce"),
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
});
Object.defineProperty(window, "matchMedia", { value: answer });

class StillObserver implements ResizeObserver {
  observe(): void {
    // Nothing ever changes size here.
  }
  unobserve(): void {
    // As above.
  }
  disconnect(): void {
    // As above.
  }
}
window.ResizeObserver = StillObserver;

Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;
HTMLElement.prototype.showPopover = () => undefined;
HTMLElement.prototype.hidePopover = () => undefined;
Element.prototype.hasPointerCapture = () => false;
Element.prototype.setPointerCapture = () => undefined;
Element.prototype.releasePointerCapture = () => undefined;

afterEach(() => {
  cleanup();
  // The files share one page; what one said must not be read by the next.
  clearToasts();
});
