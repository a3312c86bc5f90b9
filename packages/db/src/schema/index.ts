export * from "./accounts.ts";
export * from "./analytics.ts";
export * from "./environments.ts";
export * from "./flags.ts";
export * from "./identities.ts";
export * from "./organisations.ts";
export * from "./revisions.ts";
export * from "./segments.ts";
