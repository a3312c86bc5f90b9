export { History } from "./History.tsx";
export { actorName, revisionSentence } from "./revision-sentence.ts";
