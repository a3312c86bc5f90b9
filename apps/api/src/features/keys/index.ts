export * from "./key-format.ts";
export { findFirstClientKey } from "./keys.queries.ts";
export { createEnvironmentKey, insertEnvironmentKey } from "./keys.service.ts";
