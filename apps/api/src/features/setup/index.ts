export { type BootstrapOptions, bootstrap, type Sample } from "./bootstrap.ts";
export { setupToken } from "./setup-link.ts";
