export * from "./key-format.ts";
export { createEnvironmentKey, insertEnvironmentKey } from "./keys.service.ts";
