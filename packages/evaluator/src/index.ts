export { bucket } from "./bucket.ts";
export { type CompiledEnvironment, type CompileOptions, compile, flagOf, identityOverridesOf } from "./compile.ts";
export { evaluate, evaluateAll, segmentsOf } from "./evaluate.ts";
export type { Evaluations } from "./evaluations.ts";
export type { OperatorSet, RegexEngine } from "./match.ts";
export * from "./model.ts";
export { MAX_RULE_DEPTH, needsRegex } from "./segment.ts";
