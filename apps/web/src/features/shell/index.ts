export { lookOf } from "./environment-look.ts";
export type { Environment } from "./use-environment.ts";
export { createEnvironments } from "./use-environment.ts";
