export { clockBoundaries, flagsByNow } from "./clock.ts";
export { furtherOperators } from "./further.ts";
export { parseInstant } from "./instant.ts";
export { parseRange } from "./semver-range.ts";
