export { createFlag, type FlagWish, insertFlag } from "./create-flag.ts";
export { toState } from "./flag-detail.queries.ts";
export { getLiveFlag, listSegmentOverrides, listVariants } from "./flags.queries.ts";
export { toOverrideState } from "./override-state.ts";
export { setPriorities, setSegmentOverride } from "./overrides.service.ts";
export { setFlagState } from "./set-flag-state.ts";
export { misfitsOf, misfitWords, type ValueRule } from "./value-schema.ts";
