export { ExplanationView } from "./ExplanationView.tsx";
export { ReplayToken } from "./ReplayToken.tsx";
export type { Context } from "./use-explanation.ts";
export { createExplanation } from "./use-explanation.ts";
