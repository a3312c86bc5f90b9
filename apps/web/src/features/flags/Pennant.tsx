import { A } from "@solidjs/router";
import type { JSX } from "solid-js";

interface PennantProps {
  readonly on: boolean;
  /** "new-checkout in Staging" */
  readonly label: string;
  readonly href: string;
  readonly title: string;
}

/** Another environment's state at a glance: flying and filled, or hanging and hollow. */
export function Pennant(props: PennantProps): JSX.Element {
  return (
    <A
      href={props.href}
      title={props.title}
      tabindex="-1"
      class="inline-grid h-7 w-9 place-items-center rounded-1 hover:bg-hover"
      aria-label={`${props.label}: ${props.on ? "on" : "off"}`}
    >
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        aria-hidden="true"
        stroke-linejoin="round"
        stroke-linecap="round"
        fill="none"
      >
        <path d="M3.5 2v12" class="stroke-control" stroke-width="1.5" />
        <path
          d={props.on ? "M5 3c3-1 5 1.4 8.5.4L11.8 6l1.7 2.8C10 9.6 8 7.6 5 8.6Z" : "M5 8.5c1.4.6 2 2 2.2 5L5 12.5Z"}
          class={props.on ? "fill-on stroke-on" : "stroke-control"}
          stroke-width="1"
        />
      </svg>
    </A>
  );
}
