export { parseInstant } from "./instant.ts";
export { parseRange } from "./semver-range.ts";
