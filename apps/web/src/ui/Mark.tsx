import type { JSX } from "solid-js";

/** Halyard's mark: a flag at the top of its mast. */
export function Mark(props: { readonly size?: number | undefined }): JSX.Element {
  return (
    <svg width={props.size ?? 20} height={props.size ?? 20} viewBox="0 0 20 20" fill="none" aria-hidden="true" class="shrink-0">
      <path d="M4.500 2v16" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" />
      <path
        d="M6.500 3.200c3.400-1.700 6 1.600 10.500.2l-2.500 3.900 2.500 3.900c-4.500 1.400-7.100-1.900-10.500-.2z"
        fill="var(--on)"
      />
    </svg>
  );
}
