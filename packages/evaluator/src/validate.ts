export { editSegment, listEdits } from "./list-edits.ts";
export { parseDelta, parseIdentityOverrides, parseSnapshot } from "./parse.ts";
export { dependentsOf, prerequisiteCycle } from "./prerequisites.ts";
