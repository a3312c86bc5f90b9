export { createSegment, insertSegment } from "./segments.service.ts";
