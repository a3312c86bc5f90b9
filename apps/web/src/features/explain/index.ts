export { ExplanationView } from "./ExplanationView.tsx";
export { createExplanation } from "./use-explanation.ts";
