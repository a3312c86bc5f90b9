import type { JSX } from "solid-js";

/** One state of a part, as the gallery and its tests draw it. */
export interface Example {
  readonly state: string;
  /** Takes the whole width. */
  readonly wide?: boolean;
  readonly draw: () => JSX.Element;
}

/** What `X.examples.tsx` exports: every state of the part in `X.tsx`. */
export interface Examples {
  readonly part: string;
  /** One sentence: what the part is for. */
  readonly about: string;
  readonly examples: readonly Example[];
}
