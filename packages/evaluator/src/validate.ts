export { parseDelta, parseIdentityOverrides, parseSnapshot } from "./parse.ts";
export { dependentsOf, prerequisiteCycle } from "./prerequisites.ts";
