export { apply, segmentsNotAt } from "./apply.ts";
export { editSegment, listEdits } from "./list-edits.ts";
