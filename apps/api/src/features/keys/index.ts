export { endOfGrace } from "./grace.ts";
export * from "./key-format.ts";
export { findFirstClientKey } from "./keys.queries.ts";
export { insertEnvironmentKey } from "./keys.service.ts";
