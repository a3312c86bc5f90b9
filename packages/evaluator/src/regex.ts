import { RE2JS } from "re2js";
import type { RegexEngine } from "./match.ts";

/** Patterns longer than this are refused; Flagsmith stores at most 1,000 characters. */
const MAX_PATTERN_LENGTH = 10_000;

/** Patterns in RE2's syntax, in time linear in the value: no look-around, no back-references. About 46 kB gzipped, hence apart. */
export const re2Engine: RegexEngine = (pattern) => {
  const compiled = compilePattern(pattern);
  return compiled instanceof RE2JS ? (value) => compiled.matcher(value).lookingAt() : undefined;
};

/** Why {@link re2Engine} refuses a pattern, for whoever writes it; `undefined` where it does not. */
export function whyRefused(pattern: string): string | undefined {
  const compiled = compilePattern(pattern);
  return compiled instanceof RE2JS ? undefined : compiled.refusal;
}

function compilePattern(pattern: string): RE2JS | { readonly refusal: string } {
  if (pattern.length > MAX_PATTERN_LENGTH) return { refusal: `longer than ${MAX_PATTERN_LENGTH} characters` };
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    // What RE2 throws for a pattern is this function's answer.
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
}
