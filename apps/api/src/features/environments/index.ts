export { addEnvironments, createEnvironment, type EnvironmentWish } from "./create-environment.ts";
export { listEnvironments } from "./environments.queries.ts";
