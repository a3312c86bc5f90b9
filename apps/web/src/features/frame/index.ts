export { EntryPage } from "./EntryPage.tsx";
export { NotFoundPage } from "./NotFoundPage.tsx";
export { BareFrame, PlainFrame } from "./PlainFrame.tsx";
export { SchemeMenu } from "./SchemeMenu.tsx";
