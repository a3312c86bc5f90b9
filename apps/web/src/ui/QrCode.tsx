import type { JSX } from "solid-js";
import { createMemo } from "solid-js";
import { encode } from "uqr";

const QUIET = 2;

/** A text for a camera. Dark on light in both themes: many apps read no other. */
export function QrCode(props: { readonly text: string; readonly label: string }): JSX.Element {
  const code = createMemo(() => encode(props.text, { border: QUIET }));
  const squares = createMemo(() =>
    code()
      .data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
      .join(""),
  );

  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${code().size} ${code().size}`}
      shape-rendering="crispEdges"
      class="size-44 shrink-0 rounded-2 bg-white text-black"
    >
      <path d={squares()} fill="currentColor" />
    </svg>
  );
}
