import { expect } from "vitest";

/** Vitest's matchers are typed `any`; these are not. */
export const containing = (text: string): unknown => expect.stringContaining(text);
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
