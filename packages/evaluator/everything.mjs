// All that the package has but the engine for patterns, to be weighed together.
export * from "./src/changes.ts";
export * from "./src/explain.ts";
export * from "./src/flagsmith/index.ts";
export * from "./src/index.ts";
export * from "./src/operators.ts";
export * from "./src/validate.ts";
