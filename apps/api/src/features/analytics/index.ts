export { createEvaluationCounts, type EvaluationCounts } from "./evaluation-counts.ts";
