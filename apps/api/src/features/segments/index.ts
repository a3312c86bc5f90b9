export { insertSegment } from "./segment-rows.ts";
export { createSegment } from "./segments.service.ts";
