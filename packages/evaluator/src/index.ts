export { bucket } from "./bucket.ts";
export { apply, type CompiledEnvironment, type CompileOptions, compile, flagOf, identityOverridesOf } from "./compile.ts";
export { evaluate, evaluateAll, segmentsOf } from "./evaluate.ts";
export type { Evaluations } from "./evaluations.ts";
export type { RegexEngine } from "./match.ts";
export * from "./model.ts";
export { parseDelta, parseIdentityOverrides, parseSnapshot } from "./parse.ts";
export { MAX_RULE_DEPTH, needsRegex } from "./segment.ts";
