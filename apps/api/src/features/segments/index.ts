export { createSegment } from "./segments.service.ts";
