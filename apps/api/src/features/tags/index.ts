export { createTag } from "./tags.service.ts";
