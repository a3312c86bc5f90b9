export { isAnyCareful, isCareful, reachWords } from "./careful.ts";
export { QuestionDialog } from "./QuestionDialog.tsx";
export type { Environment } from "./use-environment.ts";
export { createEnvironments } from "./use-environment.ts";
