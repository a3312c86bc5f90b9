export { endOfDay, keyState } from "./key-state.ts";
export { snippetsOf } from "./snippets.ts";
