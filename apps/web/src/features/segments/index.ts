export { readTyped, writeTyped } from "./match-preview.ts";
