export { dateWords } from "./dates.ts";
export { readTyped, writeTyped } from "./match-preview.ts";
export { SpokenWords } from "./Sentence.tsx";
export type { Words } from "./sentence.ts";
export { conditionWords, sentenceText } from "./sentence.ts";
