import { RE2JS } from "re2js";
import type { RegexEngine } from "./match.ts";

/** Patterns longer than this are refused; Flagsmith stores at most 1,000 characters. */
const MAX_PATTERN_LENGTH = 10_000;

/** Patterns in RE2's syntax, in time linear in the value: no look-around, no back-references. About 46 kB gzipped, hence apart. */
export const re2Engine: RegexEngine = (pattern) => {
  if (pattern.length > MAX_PATTERN_LENGTH) return undefined;
  try {
    const compiled = RE2JS.compile(pattern);
    return (value) => compiled.matcher(value).lookingAt();
  } catch {
    // RE2 refuses the pattern, which is this function's answer; whoever saves a segment tells its author.
    return undefined;
  }
};
