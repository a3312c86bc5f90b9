export { evaluateFlagsmithContext, type FlagsmithFlag, type FlagsmithResult } from "./context.ts";
export { bucketsOtherwise, type FlagsmithObstacle, flagsmithObstacle, toFlagsmithRules } from "./translate.ts";
