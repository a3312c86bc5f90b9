import type { Accessor } from "solid-js";
import { createEffect, onCleanup } from "solid-js";

interface Anchored {
  readonly anchor: Accessor<HTMLElement | undefined>;
  /** Has `popover="manual"`: it is shown above everything and clipped by nothing. */
  readonly floating: Accessor<HTMLElement | undefined>;
  readonly isOpen: Accessor<boolean>;
}

const GAP_PX = 4;

/** Keeps a popover under its anchor, or above where there is more room, and as wide. */
export function createAnchored({ anchor, floating, isOpen }: Anchored): void {
  createEffect(() => {
    const base = anchor();
    const popover = floating();
    if (!base || !popover || !isOpen()) return;

    const place = () => {
      const box = base.getBoundingClientRect();
      const below = window.innerHeight - box.bottom;
      const isAbove = below < popover.offsetHeight + GAP_PX && box.top > below;
      Object.assign(popover.style, {
        left: `${box.left}px`,
        minWidth: `${box.width}px`,
        top: isAbove ? "auto" : `${box.bottom + GAP_PX}px`,
        bottom: isAbove ? `${window.innerHeight - box.top + GAP_PX}px` : "auto",
      });
    };
    const resized = new ResizeObserver(place);

    popover.showPopover();
    place();
    resized.observe(popover);
    window.addEventListener("scroll", place, { capture: true, passive: true });
    window.addEventListener("resize", place);
    onCleanup(() => {
      resized.disconnect();
      window.removeEventListener("scroll", place, { capture: true });
      window.removeEventListener("resize", place);
      if (popover.isConnected) popover.hidePopover();
    });
  });
}
