export { readTyped, writeTyped } from "./match-preview.ts";
export { SpokenWords } from "./Sentence.tsx";
export { conditionWords, sentenceText } from "./sentence.ts";
